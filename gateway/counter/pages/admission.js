// What is typed about a person, as evidence for POST /v1/admissions. Pure.
import { isInsured, isInsurer, plainNumber } from './question.js';
import { t } from './text.js';

export const kPapers = ['shikaku-kakuninsho', 'hihokensha-sho', 'jukyu-shikaku-shomeisho'];

export function personOf(values) {
  return { insurer: plainNumber(values.insurer), insured: plainNumber(values.insured) };
}

export function staffErrors(values) {
  const errors = {};
  if (!/^[\x21-\x7e]{1,128}$/.test(values.actor ?? '')) errors.actor = t('error.actor');
  if ((values.role ?? '') === '') errors.role = t('error.role');
  return errors;
}

export function personErrors(values) {
  const person = personOf(values);
  const errors = {};
  if (!isInsurer(person.insurer)) errors.insurer = t('error.insurer');
  if (!isInsured(person.insured)) errors.insured = t('error.insured');
  return errors;
}

export function representativeErrors(values) {
  const errors = {};
  if (values.represented !== 'yes') return errors;
  if ((values.relation ?? '').trim() === '') errors.relation = t('error.relation');
  if ((values.basis ?? '').trim() === '') errors.basis = t('error.basis');
  return errors;
}

export function representativeOf(values) {
  if (values.represented !== 'yes') return {};
  return { representative: { relation: values.relation.trim(), basis: values.basis.trim() } };
}

export function admissionErrors(values, staff) {
  const errors = staffErrors(staff);
  if (values.way === 'card') return { ...errors, ...representativeErrors(values) };
  if (values.way === 'paper' && !kPapers.includes(values.kind)) errors.kind = t('error.kind');
  Object.assign(errors, personErrors(values));
  return values.way === 'paper' ? { ...errors, ...representativeErrors(values) } : errors;
}

export function cardEvidence(values, staff, challengeId, signed) {
  return {
    method: 'card',
    challenge: challengeId,
    certificate: signed.certificate,
    signature: signed.signature,
    actor: staff.actor,
    ...representativeOf(values),
  };
}

export function paperEvidence(values, staff) {
  return {
    method: 'document',
    kind: values.kind,
    ...personOf(values),
    actor: staff.actor,
    ...representativeOf(values),
  };
}

// Of the registrations of a person, the caller's own that is in force.
export function registrationInForce(registrations, now) {
  return (
    registrations.find(
      (one) => Date.parse(one.from ?? '') <= now && (one.until === undefined || Date.parse(one.until) > now),
    ) ?? null
  );
}

// The visit that a card's admission opened, if the card is that person's own.
export function visitOf(admitted, person) {
  const own = admitted.insurer === person.insurer && admitted.insured === person.insured;
  return own && admitted.visit ? { id: admitted.visit, until: admitted.until } : null;
}

export function visitInForce(visit, now) {
  return visit && Date.parse(visit.until) > now ? visit : null;
}
