// The card shown at this visit, for medical information: what is read with it, and how long it opens that.
import { showInstant } from './calendar.js';
import { cardEvidence, visitInForce, visitOf } from './admission.js';
import { el } from './dom.js';
import { readerView } from './person.js';
import { own } from './problem.js';
import { formOf } from './session.js';
import { language, t } from './text.js';

export function visitNow({ session, api }) {
  return visitInForce(session.visit, Date.parse(api.time()));
}

// Asks for the card and its PIN. Gives the problem, or nothing: the visit is under way then.
export async function showCard(desk) {
  const { session, api, agent } = desk;
  const { person } = session;
  if (!agent) return own('agent.away');
  const challenge = await api.challenge('medical');
  if (!challenge.ok) return challenge.problem;
  desk.announce(t('reader.pin'));
  const signed = await agent.sign(challenge.body.challenge);
  if (!signed.ok) return signed.problem;
  const evidence = cardEvidence({}, session.staff, challenge.body.id, signed.body);
  const admitted = await api.admit(evidence, crypto.randomUUID());
  if (!admitted.ok) return admitted.problem;
  if (session.person !== person) return own('other-card'); // the next person is here already
  session.visit = visitOf(admitted.body, person);
  return session.visit ? null : own('other-card');
}

export function visitView(desk) {
  const visit = visitNow(desk);
  const form = formOf(desk.session, 'visit');
  return el(
    'section',
    { 'aria-labelledby': 'visit-title' },
    el('h2', { id: 'visit-title' }, t('visit.title')),
    el('p', {}, t('visit.why')),
    visit
      ? el('p', { class: 'notice good', role: 'status' }, t('visit.until', { at: showInstant(visit.until, language()) }))
      : readerView(desk, form),
  );
}
