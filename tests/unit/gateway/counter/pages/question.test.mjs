// What the page asks and sends, and what it reads of the answers.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import {
  admissionErrors,
  cardEvidence,
  paperEvidence,
  registrationInForce,
} from '../../../../../gateway/counter/pages/admission.js';
import { createAgent } from '../../../../../gateway/counter/pages/agent.js';
import { createApi } from '../../../../../gateway/counter/pages/api.js';
import {
  consentErrors,
  consentNote,
  inOrder,
  kKinds,
  kindStates,
} from '../../../../../gateway/counter/pages/consent_note.js';
import { isSettled, pauseMs, stepsOf } from '../../../../../gateway/counter/pages/fate.js';
import { attempt } from '../../../../../gateway/counter/pages/sending.js';
import { createSession, formOf, nextPerson } from '../../../../../gateway/counter/pages/session.js';
import {
  headerValue,
  isInsured,
  isInsurer,
  messageHeaders,
  plainNumber,
  questionEvent,
  readAnswer,
} from '../../../../../gateway/counter/pages/question.js';

globalThis.crypto ??= webcrypto; // Node 18 has it, not under that name

const kOffice = { party: 'care-manager:1379900010', source: '/care-managers/1379900010' };
const kPerson = { insurer: '139980', insured: '0000000001' };
const kStaff = { actor: 's-0123', role: 'care-manager' };
const kTime = '2026-11-21T02:00:00Z';

function answering(...answers) {
  const calls = [];
  const fetch = async (url, options) => {
    calls.push({ url, ...options });
    const answer = answers[Math.min(calls.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status ?? 200,
      headers: answer.headers ?? {},
    });
  };
  return { fetch, calls };
}

test('a question names who asks for whom, and why', () => {
  const event = questionEvent({
    type: 'certification.card',
    purpose: 'care',
    person: kPerson,
    office: kOffice,
    staff: kStaff,
    id: 'q-1',
    time: kTime,
  });
  assert.deepEqual(event, {
    specversion: '1.0',
    id: 'q-1',
    source: '/care-managers/1379900010',
    type: 'jp.sekisho.query.certification.card',
    time: kTime,
    insurer: '139980',
    insured: '0000000001',
    purpose: 'care',
    actor: 's-0123',
    role: 'care-manager',
  });
});

test('a question that needs the card of this visit names the visit, and no other does', () => {
  const asked = { type: 'medical.query', purpose: 'medical', person: kPerson, office: kOffice, staff: kStaff, id: 'q-1' };
  assert.equal(questionEvent({ ...asked, time: kTime, visit: 'v-1' }).visit, 'v-1');
  assert.ok(!('visit' in questionEvent({ ...asked, time: kTime, visit: undefined })));
});

test('numbers are read as people type them', () => {
  assert.equal(plainNumber('１３９９８０'), '139980');
  assert.equal(plainNumber(' 0000-000ー001 '), '0000000001');
  assert.equal(plainNumber('ｈ000000004'), 'H000000004');
  assert.ok(isInsurer('139980') && !isInsurer('13998') && !isInsurer('1399800'));
  assert.ok(
    isInsured('0000000001') && isInsured('H000000004') && !isInsured('H0000000041') && !isInsured('000000000A'),
  );
});

test('a header holds any text, as the binding of CloudEvents says', () => {
  assert.equal(headerValue('plain-text_1.0~/:;,=?'), 'plain-text_1.0~/:;,=?');
  assert.equal(headerValue('a b"c%'), 'a%20b%22c%25');
  assert.equal(headerValue('架'), '%E6%9E%B6');
  assert.equal(headerValue('\r\nx: 1'), '%0D%0Ax:%201');
});

test('a message is sent in binary mode, without attributes that are empty', () => {
  const headers = messageHeaders({
    type: 'certification.opinion',
    format: 'ikensho-csv:1.1',
    mediaType: 'text/csv; charset=Shift_JIS',
    person: kPerson,
    office: kOffice,
    staff: { actor: '', role: '' },
    id: 'opinion.1',
    time: kTime,
    purpose: 'certification',
  });
  assert.equal(headers['ce-dataschema'], 'urn:sekisho:format:ikensho-csv:1.1');
  assert.equal(headers['ce-type'], 'jp.sekisho.certification.opinion');
  assert.equal(headers['Content-Type'], 'text/csv; charset=Shift_JIS');
  assert.ok(!('ce-actor' in headers) && !('ce-role' in headers));
});

test('an answer is its records, and the names of what is withheld', () => {
  const answer = readAnswer({ data: [{ stage: '2' }, { deleted: true }, {}], withheld: 'burden_ratio,ratio_from' });
  assert.deepEqual(answer, { records: [{ stage: '2' }], document: null, withheld: ['burden_ratio', 'ratio_from'] });
});

test('one record, none, and no answer at all are read too', () => {
  assert.equal(readAnswer({ data: { stage: '2' } }).records.length, 1);
  assert.deepEqual(readAnswer({ data: [] }).records, []);
  assert.deepEqual(readAnswer({}).records, []);
  assert.deepEqual(readAnswer({ data: [null, 1, 'x'] }).records, []);
});

test('a document of another kind comes as its bytes', () => {
  const { document, records } = readAnswer({ datacontenttype: 'text/csv', data_base64: btoa('a,b') });
  assert.deepEqual([...document.bytes], [97, 44, 98]);
  assert.deepEqual(records, []);
});

test('a paper is evidence with the one who looked at it', () => {
  const values = {
    way: 'paper',
    kind: 'hihokensha-sho',
    insurer: '１３９９８０',
    insured: '0000000001',
    represented: 'no',
  };
  assert.deepEqual(admissionErrors(values, kStaff), {});
  assert.deepEqual(paperEvidence(values, kStaff), {
    method: 'document',
    kind: 'hihokensha-sho',
    ...kPerson,
    actor: 's-0123',
  });
});

test('a card needs no numbers, and carries a representative where one came', () => {
  const values = { way: 'card', represented: 'yes', relation: ' 長女 ', basis: '委任状' };
  assert.deepEqual(admissionErrors(values, kStaff), {});
  assert.deepEqual(cardEvidence(values, kStaff, 'ch-1', { certificate: 'QQ==', signature: 'Qg==' }), {
    method: 'card',
    challenge: 'ch-1',
    certificate: 'QQ==',
    signature: 'Qg==',
    actor: 's-0123',
    representative: { relation: '長女', basis: '委任状' },
  });
});

test('what is missing is named field by field', () => {
  assert.deepEqual(Object.keys(admissionErrors({ way: 'paper', represented: 'yes' }, { actor: '', role: '' })), [
    'actor',
    'role',
    'kind',
    'insurer',
    'insured',
    'relation',
    'basis',
  ]);
  assert.deepEqual(
    Object.keys(admissionErrors({ way: 'known', insurer: '1', insured: '2' }, { actor: '山田', role: 'nurse' })),
    ['actor', 'insurer', 'insured'],
  );
});

test('a registration is in force from its beginning to its end', () => {
  const now = Date.parse(kTime);
  const from = '2026-01-01T00:00:00Z';
  assert.equal(
    registrationInForce(
      [
        { id: 'a', from, until: kTime },
        { id: 'b', from },
      ],
      now,
    ).id,
    'b',
  );
  assert.equal(registrationInForce([{ id: 'a', from: '2027-01-01T00:00:00Z' }], now), null);
  assert.equal(registrationInForce([], now), null);
});

test('a comprehensive consent gives all but the kinds that are refused', () => {
  const values = {
    scope: 'all',
    refused: ['life', 'never-heard-of'],
    occasion: 'on-behalf',
    explained: 'yes',
    represented: 'no',
  };
  assert.deepEqual(consentErrors(values, kStaff), {});
  assert.deepEqual(consentNote(values, kStaff, kPerson, kTime), {
    ...kPerson,
    given: ['*'],
    refused: ['life'],
    occasion: 'on-behalf',
    explanation: '2026-04',
    given_at: kTime,
    actor: 's-0123',
  });
});

test('a refusal refuses every kind and gives none', () => {
  const note = consentNote(
    { scope: 'none', refused: [], occasion: 'on-behalf', represented: 'no' },
    kStaff,
    kPerson,
    kTime,
  );
  assert.deepEqual([note.given, note.refused], [[], kKinds]);
});

test('no consent is recorded before the explanation was shown', () => {
  const values = { scope: 'all', occasion: 'on-behalf', explained: 'no', represented: 'no' };
  assert.deepEqual(Object.keys(consentErrors(values, kStaff)), ['explained']);
});

test('a consent is told kind by kind', () => {
  const states = (consent) => kindStates({ given: [], refused: [], ...consent }).map(({ state }) => state);
  assert.deepEqual(states({ given: ['*'], refused: ['life'] }), ['given', 'given', 'refused', 'given', 'given']);
  assert.deepEqual(states({ given: ['housing'] }), ['not-asked', 'not-asked', 'not-asked', 'not-asked', 'given']);
  assert.ok(states({ given: ['*'], withdrawn_at: kTime }).every((state) => state === 'withdrawn'));
});

test('consents that stand come before those withdrawn, the newest first', () => {
  const consents = [
    { id: 'a', given_at: '2026-01-01T00:00:00Z' },
    { id: 'b', given_at: '2026-03-01T00:00:00Z', withdrawn_at: kTime },
    { id: 'c', given_at: '2026-02-01T00:00:00Z' },
  ];
  assert.deepEqual(
    inOrder(consents).map(({ id }) => id),
    ['c', 'a', 'b'],
  );
});

test('looks at a fate come rarer, and never before the gateway wants them', () => {
  assert.deepEqual(
    [0, 1, 2, 5, 6, 100].map((looks) => pauseMs(looks)),
    [1000, 2000, 4000, 32000, 60000, 60000],
  );
  assert.equal(pauseMs(0, 120), 120000);
  assert.ok(!isSettled('accepted') && isSettled('delivered') && isSettled('dead'));
});

test('a fate is told by the last step of each delivery', () => {
  const history = [
    { at: kTime, state: 'queued' },
    { at: '2026-11-21T02:01:00Z', state: 'rejected', detail: 'KJ-1001' },
  ];
  assert.deepEqual(
    stepsOf({
      deliveries: [
        { recipient: 'insurer:139980', state: 'rejected', history },
        { recipient: 'x', state: 'queued' },
      ],
    }),
    [
      { recipient: 'insurer:139980', state: 'rejected', at: '2026-11-21T02:01:00Z', detail: 'KJ-1001' },
      { recipient: 'x', state: 'queued', at: '', detail: '' },
    ],
  );
});

test('a call carries the language, its key, and no stored answer', async () => {
  const { fetch, calls } = answering({ status: 201, body: { registration: 'r' } });
  const answer = await createApi({ fetch }).admit({ method: 'document' }, 'key-1');
  assert.deepEqual([answer.ok, answer.status, answer.body], [true, 201, { registration: 'r' }]);
  assert.deepEqual(
    [calls[0].method, calls[0].url, calls[0].cache, calls[0].redirect],
    ['POST', '/v1/admissions', 'no-store', 'error'],
  );
  assert.equal(calls[0].headers['Idempotency-Key'], 'key-1');
  assert.equal(calls[0].headers['Accept-Language'], 'ja');
});

test('a lost network, a broken answer and a refusal are told apart', async () => {
  const { fetch } = answering(
    new TypeError('failed'),
    { status: 200, headers: {}, body: undefined },
    {
      status: 503,
      headers: { 'Retry-After': '7' },
      body: { title: '混み合っています', type: 'urn:sekisho:problem:overloaded', code: 'SK-5001' },
    },
    { status: 502, body: 'no problem' },
  );
  const api = createApi({ fetch });
  const lost = await api.fate('x');
  assert.deepEqual([lost.ok, lost.status, lost.problem.name], [false, 0, 'network']);
  assert.deepEqual((await api.fate('x')).body, null);
  const refused = await api.fate('x');
  assert.deepEqual([refused.status, refused.wait, refused.problem.title], [503, 7, '混み合っています']);
  assert.equal((await api.fate('x')).problem.name, 'unreadable');
});

test("the gateway's clock counts, not the desk's", async () => {
  const { fetch } = answering({ body: {}, headers: { Date: 'Sat, 21 Nov 2026 02:00:00 GMT' } });
  const api = createApi({ fetch, now: () => Date.parse('2026-11-21T01:40:00Z') });
  assert.equal(api.time(), '2026-11-21T01:40:00Z');
  await api.office();
  assert.equal(api.time(), kTime);
});

test('names of records are escaped in addresses', async () => {
  const { fetch, calls } = answering({ status: 201, body: {} });
  await createApi({ fetch }).withdraw('../keys');
  assert.equal(calls[0].url, '/v1/consents/..%2Fkeys');
});

test('the card agent is paired once, and shown its token from then on', async () => {
  const { fetch, calls } = answering({ body: { token: 'abc' } }, { body: { certificate: 'QQ==', signature: 'Qg==' } });
  const agent = createAgent({ fetch, origin: 'https://127.0.0.1:8449' });
  await agent.pair('123456');
  assert.equal((await agent.sign('Y2g')).body.signature, 'Qg==');
  assert.deepEqual(
    calls.map(({ url, credentials }) => [url, credentials]),
    [
      ['https://127.0.0.1:8449/pair', 'omit'],
      ['https://127.0.0.1:8449/sign', 'omit'],
    ],
  );
  assert.equal(calls[0].headers.Authorization, undefined);
  assert.equal(calls[1].headers.Authorization, 'Bearer abc');
});

test("what the card agent refuses is said in the page's words", async () => {
  const { fetch } = answering({ status: 422, body: { code: 'wrong-pin', tries: 2 } }, new TypeError('failed'));
  const agent = createAgent({ fetch, origin: 'https://127.0.0.1:8449' });
  assert.equal((await agent.sign('Y2g')).problem.title, '暗証番号が違います（残り 2 回）');
  assert.equal((await agent.status()).problem.name, 'agent.away');
});

test('a form that was changed is another call, one that was not is the same', () => {
  const session = createSession();
  const form = formOf(session, 'consent', { scope: 'all' });
  const { key } = form;
  form.given_at = kTime;
  assert.equal(formOf(session, 'consent').key, key);
  form.changed();
  assert.notEqual(form.key, key);
  assert.equal(form.given_at, undefined);
});

test('nothing of one person remains for the next', () => {
  const session = createSession();
  Object.assign(session, { person: kPerson, registration: { id: 'r' }, answers: { card: {} }, staff: kStaff });
  formOf(session, 'person', {}).values.insured = '0000000001';
  nextPerson(session);
  assert.ok(!JSON.stringify(session).includes('0000000001'));
  assert.deepEqual([session.person, session.registration, session.answers, session.forms], [null, null, {}, {}]);
  assert.equal(session.visit, null);
  assert.deepEqual(session.staff, kStaff);
});

// A desk that only notes where the focus goes.
function aDesk() {
  const focused = [];
  return { focused, refresh() {}, focus: (id) => focused.push(id) };
}

function aForm() {
  return formOf(createSession(), 'any', {});
}

test('a form with errors is not sent, and leads to them', async () => {
  const desk = aDesk();
  const form = aForm();
  await attempt(desk, form, {
    check: () => ({ name: 'missing' }),
    send: () => assert.fail('sent'),
    done: () => assert.fail('done'),
  });
  assert.deepEqual([desk.focused, form.errors, form.busy], [['errors'], { name: 'missing' }, false]);
});

test('what is lost on the way is the same call next time, what is refused another', async () => {
  for (const [status, same] of [
    [0, true],
    [403, false],
  ]) {
    const desk = aDesk();
    const form = aForm();
    const { key } = form;
    await attempt(desk, form, {
      check: () => ({}),
      send: async () => ({ ok: false, status, problem: { title: 'x' } }),
      done: () => assert.fail('done'),
    });
    assert.deepEqual([desk.focused, form.problem.title, form.key === key], [['problem'], 'x', same]);
  }
});

test('a form is sent once however often it is pressed', async () => {
  const form = aForm();
  let sent = 0;
  let answer;
  const call = {
    check: () => ({}),
    send: () =>
      new Promise((resolve) => {
        sent += 1;
        answer = resolve;
      }),
    done: () => {},
  };
  const first = attempt(aDesk(), form, call);
  await attempt(aDesk(), form, call);
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  await attempt(aDesk(), form, call);
  answer({ ok: true, body: {} });
  await first;
  assert.equal(sent, 1);
});

test('an answer about a person who has left is not shown to the next', async () => {
  const session = createSession();
  const form = formOf(session, 'person', {});
  const desk = aDesk();
  await attempt(desk, form, {
    check: () => ({}),
    done: () => assert.fail('done'),
    send: async () => {
      nextPerson(session);
      return { ok: true, body: kPerson };
    },
  });
  assert.deepEqual([desk.focused, session.person], [[], null]);
});
