// The opinion: from the form to the document, from a file to what it says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { csvField, firstRecord } from '../../../../../gateway/counter/pages/csv.js';
import { decodeMs932, encodeMs932, unencodable } from '../../../../../gateway/counter/pages/ms932.js';
import {
  opinionDocument,
  opinionValues,
  readOpinionFile,
} from '../../../../../gateway/counter/pages/opinion_document.js';
import { createDrafts } from '../../../../../gateway/counter/pages/drafts.js';
import { opinionErrors } from '../../../../../gateway/counter/pages/opinion_errors.js';
import { fieldName, kFieldCount, sectionOf } from '../../../../../gateway/counter/pages/opinion_fields.js';
import { answersOf, formFieldNamed, formFields, kDerived } from '../../../../../gateway/counter/pages/opinion_form.js';
import { opinionRows } from '../../../../../gateway/counter/pages/opinion_reading.js';
import { chooseLanguage } from '../../../../../gateway/counter/pages/text.js';
import { kFullColumns, kFullValues, kFullWorld } from './full_opinion.mjs';

afterEach(() => chooseLanguage('ja'));

const kByThePage = [1, 2, 3, 4, 6, 7, 18]; // versions, numbers and the age: written, not asked

const kWorld = {
  person: { insurer: '139980', insured: '0000000001' },
  office: { party: 'medical:1319900013' },
  at: '2026-11-21T11:02:03',
};

function anOpinion(more = {}) {
  return {
    request_number: '0001',
    written_on: '2026-11-18',
    person_name: '架空 太郎',
    doctor_name: '架空 医師',
    hospital_name: '架空中央病院',
    agrees: 'yes',
    diagnosis_1: '脳梗塞後遺症',
    stability: 'stable',
    bedridden: 'A1',
    dementia: 'IIa',
    memory: 'fine',
    decision: 'some',
    communication: 'able',
    ...more,
  };
}

test('the fields have the names that the gateway reads them by', () => {
  const source = readFileSync(new URL('../../../../../adapters/documents/ikensho_fields.cpp', import.meta.url), 'utf8');
  const names = [...source.slice(source.indexOf('kNames{')).matchAll(/^ {4}"(.+?)"[,}]/gm)].map((match) => match[1]);
  assert.equal(names.length, kFieldCount);
  names.forEach((name, i) => assert.equal(fieldName(i + 1), name));
});

test('every column is asked once, or written by the page itself', () => {
  const asked = formFields().flatMap(({ number }) => number ?? []);
  const all = [...asked, ...kByThePage, ...kDerived.map(({ number }) => number)].sort((a, b) => a - b);
  assert.deepEqual(
    all,
    Array.from({ length: kFieldCount }, (_, i) => i + 1),
  );
});

test('what a question depends on is a question with that answer', () => {
  for (const { name, with: condition } of formFields()) {
    if (!condition) continue;
    const [other, answer] = condition;
    const field = formFieldNamed(other);
    assert.ok(answer === true ? field.mark : answersOf(field).includes(answer), name);
  }
});

test('a box is the same on paper as in its column', () => {
  for (const field of formFields()) {
    if (field.order) assert.deepEqual([...field.order].sort(), [...field.bits].sort(), field.name);
  }
});

test('a form with every question answered is right, and says something in every column', () => {
  assert.deepEqual(opinionErrors(kFullValues), {});
  for (const { name } of formFields()) assert.ok(name === 'eating_note' || name in kFullValues, name);
  assert.equal(kFullColumns.length, kFieldCount);
  const out = opinionValues(kFullValues, kFullWorld);
  kFullColumns.forEach((value, i) => assert.equal(out[i + 1], value, `${i + 1} ${fieldName(i + 1)}`));
});

test("the full form's bytes are those that the gateway's own reader is tested with", () => {
  const bytes = readFileSync(new URL('full_opinion.csv', import.meta.url));
  assert.deepEqual([...opinionDocument(kFullValues, kFullWorld)], [...bytes]);
  assert.deepEqual(firstRecord(decodeMs932(bytes)), kFullColumns);
});

test('what was written is read again as what was answered, in both languages', () => {
  for (const [name, words] of [
    ['ja', { label: '必要なサービス', value: /^訪問診療、訪問看護（特に必要）、訪問歯科衛生指導、.*サービス（特に必要）$/ }],
    ['en', { label: 'Services needed', value: /^Home visits of a doctor, Home nursing \(needed most\), / }],
  ]) {
    chooseLanguage(name);
    const fields = opinionRows(opinionDocument(kFullValues, kFullWorld)).flatMap((section) => section.fields);
    const found = fields.find(({ label }) => label === words.label);
    assert.match(found.value, words.value);
    // All but what the page writes of itself, what follows, and 摂食's words.
    assert.equal(fields.length, kFieldCount - 3 - kDerived.length - 1);
  }
});

test('what belongs to an answer is asked with it, and refused without it', () => {
  const wrong = (more) => Object.keys(opinionErrors(anOpinion(more)));
  assert.deepEqual(wrong({ stability: 'unstable' }), ['instability']);
  assert.deepEqual(wrong({ instability: '変動' }), ['instability']);
  assert.deepEqual(wrong({ has_symptoms: 'yes' }), ['symptoms']);
  assert.deepEqual(wrong({ has_symptoms: 'no', symptoms: ['fire'] }), ['symptoms']);
  assert.deepEqual(wrong({ has_symptoms: 'yes', symptoms: ['other'] }), ['symptoms_other']);
  assert.deepEqual(wrong({ other_departments: 'yes', departments: ['internal', 'other'] }), ['departments_other']);
  assert.deepEqual(wrong({ mental: 'yes' }), ['mental_name']);
  assert.deepEqual(wrong({ risks: ['other'] }), ['risks_other']);
  assert.deepEqual(wrong({ management: ['other'] }), ['management_other']);
  assert.deepEqual(wrong({ swallowing: 'some', eating_note: '刻む' }), ['eating_note', 'swallowing_note']);
  assert.deepEqual(wrong({ infection: 'yes' }), ['infection_name']);
  assert.deepEqual(wrong({ weakness_degree: 'light', joint_pain: true }), ['weakness_degree']);
  assert.deepEqual(wrong({ weakness: false, weakness_site: '' }), []);
});

test('an error says in both languages which answer a question belongs to', () => {
  const values = anOpinion({ weakness_site: '両下肢' });
  assert.equal(opinionErrors(values).weakness_site, '「筋力の低下の部位」は、「筋力の低下」が「あり」のときだけ答えられます');
  chooseLanguage('en');
  assert.match(opinionErrors(values).weakness_site, /“Muscle weakness: where” .* “Muscle weakness” is “Yes”/);
});

test('what is needed most is among what is needed', () => {
  const errors = opinionErrors(anOpinion({ management: ['nursing'], management_strong: ['nursing', 'nutrition'] }));
  assert.deepEqual(Object.keys(errors), ['management']);
  assert.match(errors.management, /: 訪問栄養食事指導$/);
});

test('figures, postal codes and telephones are such, in ASCII', () => {
  const wrong = (more) => Object.keys(opinionErrors(anOpinion(more)));
  for (const [name, good, bad] of [
    ['height', ['158', '158.5'], ['1585', '158cm', '１５８', '158.55']],
    ['person_postal', ['100-0000', '1000000'], ['100-000', '１０００000']],
    ['hospital_phone', ['000-0000-0001', '(000)0000'], ['電話なし', '0'.repeat(21)]],
    ['doctor_number', ['007', 'A-1'], ['七']],
  ]) {
    for (const value of good) assert.deepEqual(wrong({ [name]: value }), [], value);
    for (const value of bad) assert.deepEqual(wrong({ [name]: value }), [name], value);
  }
});

test('a text is as long as its place on paper', () => {
  assert.deepEqual(opinionErrors(anOpinion({ nutrition_note: '塩'.repeat(30) })), {});
  assert.match(opinionErrors(anOpinion({ nutrition_note: '塩'.repeat(31) })).nutrition_note, /30文字/);
});

test('a form becomes one record of 121 fields', () => {
  const text = decodeMs932(opinionDocument(anOpinion(), kWorld));
  assert.ok(text.endsWith('\r\n'));
  const fields = firstRecord(text);
  assert.equal(fields.length, kFieldCount);
  const at = (number) => fields[number - 1];
  assert.deepEqual(
    [at(1), at(3), at(4), at(6), at(7)],
    ['1.1', '000000000121110203', '139980', '0000000001', '1319900013'],
  );
  assert.deepEqual([at(11), at(14), at(16), at(35)], ['0001', '20261118', '架空 太郎', '脳梗塞後遺症']);
  assert.deepEqual([at(41), at(47), at(48), at(49), at(50), at(51)], ['1', '4', '3', '1', '2', '1']);
});

test('boxes become bits in their order, lines of the course are joined as the software does', () => {
  const out = opinionValues(
    anOpinion({
      treatments: ['oxygen', 'drip'],
      responses: [],
      catheter: 'yes',
      course: '一行目\n二行目\r\n三行目',
      remarks: '一\n二',
    }),
    kWorld,
  );
  assert.equal(out[44], '100010000');
  assert.equal(out[45], '00');
  assert.equal(out[46], '1');
  assert.equal(out[43], '一行目\v二行目\v三行目');
  assert.equal(out[121], '一\r\n二');
});

test('quotes, commas and lines survive the way there and back', () => {
  const remarks = '転倒に注意,\n"見守り"を続ける';
  const fields = firstRecord(decodeMs932(opinionDocument(anOpinion({ remarks }), kWorld)));
  assert.equal(fields[120], '転倒に注意,\r\n"見守り"を続ける');
});

test('what is missing or wrong is named by its field', () => {
  assert.deepEqual(Object.keys(opinionErrors({})), [
    'request_number',
    'written_on',
    'person_name',
    'agrees',
    'doctor_name',
    'hospital_name',
    'diagnosis_1',
    'stability',
    'bedridden',
    'dementia',
    'memory',
    'decision',
    'communication',
  ]);
  assert.deepEqual(opinionErrors(anOpinion()), {});
  assert.deepEqual(Object.keys(opinionErrors(anOpinion({ born_on: '1940-02-30' }))), ['born_on']);
  assert.deepEqual(Object.keys(opinionErrors(anOpinion({ request_number: '一' }))), ['request_number']);
});

test('a character that the encoding lacks is named, not sent as another', () => {
  const errors = opinionErrors(anOpinion({ person_name: '𠮷田 花子😀' }));
  assert.ok(
    errors.person_name.includes('𠮷') && errors.person_name.includes('😀') && !errors.person_name.includes('田 '),
  );
  assert.equal(opinionDocument(anOpinion({ person_name: '𠮷田' }), kWorld), null);
});

test('MS932 has the characters of its own, under the bytes of its own', () => {
  const hex = (text) => Buffer.from(encodeMs932(text)).toString('hex');
  assert.equal(hex('架空'), '89cb8bf3');
  assert.equal(hex('ｱA~\\'), 'b1417e5c');
  assert.equal(hex('①Ⅰ㈱'), '87408754878a'); // NEC row 13
  assert.equal(hex('髙﨑'), 'fbfcfab1'); // IBM's own, not NEC's copies
  assert.equal(hex('～－'), '8160817c');
  assert.equal(hex('〜−'), '8160817c'); // the same marks under their other names
});

test('every character that is encoded is decoded to itself', () => {
  const text = '一二三アイウあいう①Ⅱ℡髙﨑∥';
  assert.equal(decodeMs932(encodeMs932(text)), text);
  assert.deepEqual(unencodable('あ\ue000い'), ['\ue000']); // 外字
});

test('a file says whose opinion it is', () => {
  const read = readOpinionFile(opinionDocument(anOpinion(), kWorld));
  assert.deepEqual(read, { person: kWorld.person, request: '0001' });
});

test('a file that is no opinion is refused with the reason', () => {
  assert.match(readOpinionFile(encodeMs932('a,b\r\n')).error, /項目数 2/);
  assert.match(readOpinionFile(new TextEncoder().encode('架空の意見書')).error, /Shift_JIS|項目数/);
  assert.match(readOpinionFile(Uint8Array.of(0x81)).error, /Shift_JIS/);
  const nobody = opinionDocument(anOpinion(), { ...kWorld, person: { insurer: '1', insured: '2' } });
  assert.match(readOpinionFile(nobody).error, /読み取れません/);
});

test('a record with a broken quote is none', () => {
  assert.equal(firstRecord('"a,b'), null);
  assert.equal(firstRecord('a"b,c'), null);
  assert.equal(firstRecord('"a"b,c'), null);
  assert.deepEqual(firstRecord('a,"b\r\n""c""",\r\nnext'), ['a', 'b\r\n"c"', '']);
  assert.deepEqual(firstRecord(''), ['']);
});

test('a field is quoted only where it must be', () => {
  assert.equal(csvField('20261118'), '20261118');
  assert.equal(csvField('a,b'), '"a,b"');
  assert.equal(csvField('架空'), '"架空"');
  assert.equal(csvField(''), '');
});

test('an opinion that comes as CSV is read section by section, in words', () => {
  const rows = opinionRows(opinionDocument(anOpinion({ treatments: ['oxygen'] }), kWorld));
  assert.deepEqual(
    rows.map(({ section }) => section),
    ['header', 'doctor', 'illness', 'treatment', 'condition'],
  );
  const all = Object.fromEntries(rows.flatMap(({ fields }) => fields.map(({ label, value }) => [label, value])));
  assert.equal(all['記入日'], '令和8年11月18日');
  assert.equal(all['処置内容'], '酸素療法');
  assert.equal(all['症状としての安定性'], '安定');
  assert.equal(all['障害高齢者の日常生活自立度（寝たきり度）'], 'A1');
  assert.ok(!('ソフト名' in all));
});

test('bytes that are no opinion are not read as one', () => {
  assert.equal(opinionRows(encodeMs932('a,b\r\n')), null);
});

test('the sections of the form begin where they do on paper', () => {
  assert.deepEqual([1, 22, 23, 34, 35, 44, 47, 96, 120, 121].map(sectionOf), [
    'header',
    'header',
    'doctor',
    'doctor',
    'illness',
    'treatment',
    'condition',
    'living',
    'living',
    'remarks',
  ]);
});

// As much of IndexedDB as a store of drafts needs, in memory: requests that succeed a moment later.
function aDatabase() {
  const rows = new Map();
  const request = (result) => {
    const asked = { result };
    setImmediate(() => asked.onsuccess());
    return asked;
  };
  const store = {
    getAll: () => request([...rows.values()]),
    put: (row) => request(rows.set(row.id, structuredClone(row)) && row.id),
    delete: (id) => request(rows.delete(id) && undefined),
    clear: () => request(rows.clear()),
  };
  return { open: () => request({ transaction: () => ({ objectStore: () => store }) }) };
}

test('a draft is kept once, as it was last, until it is deleted', async () => {
  const database = aDatabase();
  const drafts = createDrafts(() => database);
  for (const person_name of ['架空', '架空 太郎']) await drafts.save({ id: 'opinion.1', values: { person_name } });
  await drafts.save({ id: 'opinion.2', values: {} });
  assert.deepEqual((await drafts.all()).value[0], { id: 'opinion.1', values: { person_name: '架空 太郎' } });
  await drafts.remove('opinion.1');
  assert.deepEqual(
    (await drafts.all()).value.map(({ id }) => id),
    ['opinion.2'],
  );
  await drafts.clear();
  assert.deepEqual(await drafts.all(), { ok: true, value: [] });
});

test('a browser that keeps nothing is no failure of the page', async () => {
  const drafts = createDrafts(() => {
    throw new Error('private window');
  });
  assert.deepEqual(await drafts.save({ id: 'opinion.1' }), { ok: false, value: [] });
  assert.deepEqual(await drafts.all(), { ok: false, value: [] });
});
