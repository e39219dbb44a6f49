// What the page says: complete in both languages, and nothing said that is in neither.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { paragraphs } from '../../../../../gateway/counter/pages/consent.js';
import { kExplanation, kKinds, kOccasions } from '../../../../../gateway/counter/pages/consent_note.js';
import { refusalsOf } from '../../../../../gateway/counter/pages/information.js';
import { answersOf, kForm, wordsOf } from '../../../../../gateway/counter/pages/opinion_form.js';
import { kRoles, kSections } from '../../../../../gateway/counter/pages/question.js';
import { kPapers } from '../../../../../gateway/counter/pages/admission.js';
import {
  isForeign,
  labelOf,
  opinionWord,
  partyText,
  showInsured,
  showValue,
  shownMembers,
} from '../../../../../gateway/counter/pages/labels.js';
import { own, readProblem } from '../../../../../gateway/counter/pages/problem.js';
import { chooseLanguage, dictionaries, language, t } from '../../../../../gateway/counter/pages/text.js';

const kPages = new URL('../../../../../gateway/counter/pages/', import.meta.url);
const kHeld = /\{(\w+)\}/g;

afterEach(() => chooseLanguage('ja'));

function sources() {
  return readdirSync(kPages)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(new URL(name, kPages), 'utf8'));
}

test('both languages say the same things', () => {
  assert.deepEqual(Object.keys(dictionaries.ja), Object.keys(dictionaries.en));
});

test('both languages hold the same values', () => {
  for (const [key, text] of Object.entries(dictionaries.ja)) {
    const held = (words) => [...words.matchAll(kHeld)].map((match) => match[1]).sort();
    assert.deepEqual(held(text), held(dictionaries.en[key]), key);
  }
});

test('every text that a screen names is there', () => {
  const named = sources().flatMap((text) => [...text.matchAll(/\bt\('([^']+)'/g)].map((match) => match[1]));
  assert.ok(named.length > 100);
  for (const key of named) assert.ok(key in dictionaries.ja, key);
});

test('every text of a list is there', () => {
  const keys = [
    ...kRoles.map((role) => `code.role.${role}`),
    ...kPapers.map((paper) => `paper.${paper}`),
    ...kKinds.map((kind) => `kind.${kind}`),
    ...kOccasions.map((occasion) => `code.occasion.${occasion}`),
    ...['given', 'refused', 'withdrawn', 'not-asked'].map((state) => `state.${state}`),
    ...kSections.flatMap(({ name, types }) => [
      `section.${name}`,
      `section.${name}.about`,
      ...types.map((type) => `type.${type}`),
    ]),
    ...['person', 'information', 'consent', 'opinion'].map((screen) => `menu.${screen}`),
    ...['accepted', 'queued', 'leased', 'delivered', 'rejected', 'withdrawn', 'expired', 'dead'].map(
      (state) => `fate.${state}`,
    ),
    ...['asking', 'away', 'unpaired', 'none', 'empty', 'card'].flatMap((state) => [
      `reader.${state}`,
      `reader.${state}.next`,
    ]),
    ...['next', 'registration.end', 'consent.withdraw', 'draft.delete', 'draft.delete.all'].flatMap((key) => [
      key,
      `${key}.text`,
      `${key}.yes`,
    ]),
    ...[1, 2, 3, 4, 5, 6].map((group) => `survey.${group}`),
    ...[1, 2, 3, 4, 5, 6, 7].map((day) => `code.weekday.${day}`),
    ...kForm.flatMap(({ section, groups }) => [
      `opinion.section.${section}`,
      ...groups.flatMap(({ group, fields }) => [
        ...(group ? [`opinion.group.${section}.${group}`] : []),
        ...fields.flatMap((field) => [
          `opinion.${field.name}`,
          ...answersOf(field)
            .filter((value) => !/^([ABCJ][12]|M)$/.test(value))
            .map((value) => `opinion.${wordsOf(field)}.${value}`),
        ]),
      ]),
    ]),
  ];
  for (const key of keys) assert.ok(key in dictionaries.ja, key);
});

test('the explanation that people are shown is there in both languages, with the same sections', () => {
  const sections = (name) =>
    readFileSync(new URL(`explanation/2026-04.${name}.txt`, kPages), 'utf8').match(/^# /gm).length;
  assert.equal(sections('ja'), sections('en'));
});

test('Japanese comes first, and another language than the two is Japanese', () => {
  assert.equal(language(), 'ja');
  chooseLanguage('fr');
  assert.equal(t('menu.consent'), '同意');
  chooseLanguage('en');
  assert.equal(t('menu.consent'), 'Consent');
});

test('values are put where the text holds them, as they are', () => {
  assert.equal(t('error.missing', { label: '<b>$& 氏名' }), '「<b>$& 氏名」を入力してください');
});

test('codes and days are shown in words, what is unknown as it came', () => {
  assert.equal(showValue('care_level', '22'), '要介護2');
  assert.equal(showValue('burden_ratio', 1), '1割');
  assert.equal(showValue('certified_from', '2026-11-21'), '令和8年11月21日');
  assert.equal(showValue('care_level', '99'), '99');
  assert.equal(showValue('from', '0930'), '09:30');
  assert.equal(showValue('item', '0930'), '0930');
  assert.equal(showValue('anything', null), 'なし');
  assert.equal(labelOf('care_level'), '要介護状態区分');
  assert.equal(labelOf('a_new_member'), 'a_new_member');
});

test('the person is not repeated in every record, all else is shown', () => {
  const record = { insured: '0000000001', history: 1, deleted: false, stage: '2', a_new_member: 1 };
  assert.deepEqual(shownMembers(record), [
    ['stage', '2'],
    ['a_new_member', 1],
  ]);
});

test('an insured number is grouped on one line', () => {
  assert.equal(showInsured('0000000001'), '0000\u00a0000\u00a0001');
});

test('a problem says all that the gateway said', () => {
  const problem = readProblem(
    {
      type: 'urn:sekisho:problem:document-invalid',
      code: 'SK-4001',
      title: '書類に誤りがあります',
      next: '直してください。',
      errors: [
        {
          file: 'a.csv',
          line: 2,
          column: 5,
          field: '006 被保険者番号',
          code: 'SK-4002',
          title: '数字ではありません',
          next: '確かめてください。',
        },
      ],
      reasons: [{ type: 'x', code: 'SK-3001', title: '登録がありません' }],
    },
    422,
  );
  assert.equal(problem.title, '書類に誤りがあります');
  assert.equal(problem.next, '直してください。');
  assert.deepEqual(problem.errors[0], {
    place: 'a.csv 2行目 5バイト目',
    field: '006 被保険者番号',
    title: '数字ではありません',
    next: '確かめてください。',
    code: 'SK-4002',
  });
  assert.equal(problem.reasons[0].title, '登録がありません');
});

test("an answer that is no problem is one of the page's own", () => {
  for (const body of [null, {}, '<html>', { title: 1 }]) assert.equal(readProblem(body, 502).name, 'unreadable');
  assert.equal(own('agent.never-heard-of').name, 'unreadable');
  assert.equal(own('agent.wrong-pin', { tries: 2 }).title, '暗証番号が違います（残り 2 回）');
});

test('a grade of the form is its own name in both languages', () => {
  for (const name of ['ja', 'en']) {
    chooseLanguage(name);
    assert.equal(opinionWord('bedridden', 'J2'), 'J2');
  }
  assert.equal(opinionWord('bedridden', 'independent'), 'Independent');
});

test('Japanese within an English page is marked as such', () => {
  assert.ok(!isForeign('訪問介護'));
  chooseLanguage('en');
  assert.ok(isForeign('訪問介護') && isForeign('リハビリ') && !isForeign('LIFE 12'));
});

test('the explanation is shown heading by heading, its lists line by line', () => {
  assert.deepEqual(paragraphs('# 何についての同意ですか\n一行目\n二行目\n\n\n続き\n'), [
    { heading: '何についての同意ですか', text: '一行目\n二行目' },
    { heading: '', text: '続き' },
  ]);
  for (const name of ['ja', 'en']) {
    const parts = paragraphs(readFileSync(new URL(`explanation/${kExplanation}.${name}.txt`, kPages), 'utf8'));
    assert.ok(parts.length >= 7 && parts.every(({ heading, text }) => heading !== '' && text !== ''), name);
  }
});

test('one refusal of several types is told once, with all of them', () => {
  const refused = (type, code) => ({ type, ok: false, problem: { code, title: 'x', detail: '' } });
  const groups = refusalsOf([
    refused('a', 'SK-5008'),
    { type: 'b', ok: true },
    refused('c', 'SK-5007'),
    refused('d', 'SK-5008'),
  ]);
  assert.deepEqual(
    groups.map(({ types }) => types),
    [['a', 'd'], ['c']],
  );
});

test('a party is named as people name it, and by its id where it is none of those', () => {
  assert.equal(partyText('insurer:139980'), '保険者 139980');
  assert.equal(partyText('system:platform'), '介護情報基盤');
  assert.equal(partyText('system:unheard'), 'system:unheard');
  assert.equal(partyText('certification'), 'certification');
});
