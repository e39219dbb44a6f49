// A consent as it is typed and as it is sent (POST /v1/consents). Pure.
import { representativeErrors, representativeOf, staffErrors } from './admission.js';
import { t } from './text.js';

// The version of the text that people are shown: explanation/VERSION.{ja,en}.txt. A changed text is a new version.
export const kExplanation = '2026-04';
export const kKinds = ['certification', 'limit-card', 'life', 'care-plan', 'housing'];
export const kOccasions = ['on-behalf', 'new-certification', 'renewal', 'change'];

export function consentErrors(values, staff) {
  const errors = { ...staffErrors(staff), ...representativeErrors(values) };
  if (values.explained !== 'yes') errors.explained = t('error.explained');
  if (!kOccasions.includes(values.occasion)) errors.occasion = t('error.occasion');
  if (values.scope !== 'all' && values.scope !== 'none') errors.scope = t('error.scope');
  return errors;
}

// A comprehensive consent gives every kind but those refused; a refusal refuses every kind.
export function consentNote(values, staff, person, at) {
  const refused = kKinds.filter((kind) => (values.refused ?? []).includes(kind));
  return {
    ...person,
    given: values.scope === 'all' ? ['*'] : [],
    refused: values.scope === 'all' ? refused : kKinds,
    occasion: values.occasion,
    explanation: kExplanation,
    given_at: at,
    actor: staff.actor,
    ...representativeOf(values),
  };
}

// Of each kind: 'given', 'refused', 'withdrawn' or 'not-asked', by one consent as the gateway tells of it.
export function kindStates(consent) {
  return kKinds.map((kind) => {
    if (consent.withdrawn_at) return { kind, state: 'withdrawn' };
    if (consent.refused.includes(kind)) return { kind, state: 'refused' };
    return { kind, state: consent.given.includes('*') || consent.given.includes(kind) ? 'given' : 'not-asked' };
  });
}

// The newest first; those that stand before those that were withdrawn.
export function inOrder(consents) {
  return [...consents].sort(
    (a, b) =>
      Number(Boolean(a.withdrawn_at)) - Number(Boolean(b.withdrawn_at)) ||
      Date.parse(b.given_at) - Date.parse(a.given_at),
  );
}
