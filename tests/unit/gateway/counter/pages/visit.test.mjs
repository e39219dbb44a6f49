// The card shown at a visit, for medical information.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { visitInForce, visitOf } from '../../../../../gateway/counter/pages/admission.js';
import { kSections } from '../../../../../gateway/counter/pages/question.js';
import { createSession, nextPerson } from '../../../../../gateway/counter/pages/session.js';
import { showCard } from '../../../../../gateway/counter/pages/visit.js';

globalThis.crypto ??= webcrypto; // Node 18 has it, not under that name

const kPerson = { insurer: '139980', insured: '0000000001' };
const kStaff = { actor: 's-0123', role: 'care-manager' };
const kTime = '2026-11-21T02:00:00Z';

test('a visit is of the person at the desk, and over when its time is', () => {
  const admitted = { visit: 'v-1', until: '2026-11-21T02:30:00Z', ...kPerson };
  const visit = visitOf(admitted, kPerson);
  assert.deepEqual(visit, { id: 'v-1', until: '2026-11-21T02:30:00Z' });
  assert.equal(visitOf(admitted, { ...kPerson, insured: '0000000002' }), null);
  assert.equal(visitOf(admitted, { ...kPerson, insurer: '139964' }), null);
  assert.equal(visitOf({ registration: 'r-1', ...kPerson }, kPerson), null);
  assert.equal(visitInForce(visit, Date.parse('2026-11-21T02:29:59Z')), visit);
  assert.equal(visitInForce(visit, Date.parse('2026-11-21T02:30:00Z')), null);
  assert.equal(visitInForce(null, Date.parse(kTime)), null);
});

test('medical information alone asks for the card of the visit', () => {
  assert.deepEqual(
    kSections.filter((section) => section.card).map(({ types }) => types),
    [['medical.query', 'medical.shared']],
  );
});

// A desk before which the card of `owner` lies; `meanwhile` happens while the PIN is typed.
function cardDesk(owner, meanwhile = () => {}) {
  const session = createSession();
  session.person = { ...kPerson };
  session.staff = { ...kStaff };
  const asked = [];
  return {
    session,
    asked,
    announce() {},
    api: {
      challenge: async (purpose) => {
        asked.push(purpose);
        return { ok: true, body: { id: 'c-1', challenge: 'text' } };
      },
      admit: async (evidence) => {
        asked.push(evidence);
        return { ok: true, body: { visit: 'v-1', until: '2026-11-21T02:30:00Z', ...owner } };
      },
    },
    agent: {
      sign: async () => {
        meanwhile(session);
        return { ok: true, body: { certificate: 'c', signature: 's' } };
      },
    },
  };
}

test('the card opens a visit of its own holder, for medical information', async () => {
  const desk = cardDesk(kPerson);
  assert.equal(await showCard(desk), null);
  assert.deepEqual(desk.session.visit, { id: 'v-1', until: '2026-11-21T02:30:00Z' });
  assert.equal(desk.asked[0], 'medical');
  assert.equal(desk.asked[1].challenge, 'c-1');
});

test('the card of somebody else opens nothing, nor one of a person who has left', async () => {
  const other = cardDesk({ ...kPerson, insured: '0000000002' });
  assert.equal((await showCard(other)).name, 'other-card');
  assert.equal(other.session.visit, null);
  const left = cardDesk(kPerson, nextPerson);
  assert.equal((await showCard(left)).name, 'other-card');
  assert.equal(left.session.visit, null);
});

test('without an agent, a PIN or the gateway the card is not shown, and why is told', async () => {
  const away = cardDesk(kPerson);
  away.agent = null;
  assert.equal((await showCard(away)).name, 'agent.away');
  const wrong = cardDesk(kPerson);
  wrong.agent.sign = async () => ({ ok: false, problem: { name: 'agent.wrong-pin' } });
  assert.equal((await showCard(wrong)).name, 'agent.wrong-pin');
  const refused = cardDesk(kPerson);
  refused.api.admit = async () => ({ ok: false, problem: { name: 'card-revoked' } });
  assert.equal((await showCard(refused)).name, 'card-revoked');
  assert.deepEqual([away.session.visit, wrong.session.visit, refused.session.visit], [null, null, null]);
});
