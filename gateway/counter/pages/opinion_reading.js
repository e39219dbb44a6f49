// An opinion that came as its CSV: the fields that say something, by section. Pure.
import { showDay } from './calendar.js';
import { firstRecord } from './csv.js';
import { opinionWord } from './labels.js';
import { decodeMs932 } from './ms932.js';
import { fieldName, kFieldCount, sectionOf } from './opinion_fields.js';
import { labelOfQuestion } from './opinion_errors.js';
import { answersOf, formFieldByNumber, kDerived, wordsOf } from './opinion_form.js';
import { language, t } from './text.js';

const kDays = new Set([8, 9, 10, 14, 17, 30]);
// Of the software, not of the person; or said again by what follows.
const kUnshown = new Set([1, 2, 3, ...kDerived.map(({ number }) => number)]);

// In the form's order; with its mark where it is underlined on paper.
function tickedWords(field, value) {
  return answersOf(field)
    .map((name) => [name, value[field.bits.indexOf(name)]])
    .filter(([, bit]) => bit === '1' || bit === '2')
    .map(([name, bit]) => opinionWord(wordsOf(field), name) + (bit === '2' ? t('opinion.strong') : ''))
    .join(t('list.pause'));
}

function shown(number, value) {
  if (kDays.has(number)) return showDay(value, language());
  const field = formFieldByNumber(number);
  if (field?.bits && /^[012]+$/.test(value) && value.length === field.bits.length) return tickedWords(field, value);
  if (field?.mark && value === '0') return '';
  if (field?.mark && value === '1') return t('opinion.ticked');
  const answer = Object.entries(field?.codes ?? {}).find(([, code]) => code === value);
  if (answer) return opinionWord(wordsOf(field), answer[0]);
  return value.replaceAll('\v', '\n');
}

function labelOf(number) {
  const field = formFieldByNumber(number);
  return field ? labelOfQuestion(field) : fieldName(number);
}

// [{section, fields: [{label, value}]}], or nothing for what is no such CSV.
export function opinionRows(bytes) {
  const text = decodeMs932(bytes);
  const record = text === null ? null : firstRecord(text);
  if (!record || record.length !== kFieldCount) return null;
  const sections = [];
  record.forEach((value, i) => {
    const number = i + 1;
    const words = value === '' || kUnshown.has(number) ? '' : shown(number, value);
    if (words === '') return;
    const section = sectionOf(number);
    if (sections.at(-1)?.section !== section) sections.push({ section, fields: [] });
    sections.at(-1).fields.push({ label: labelOf(number), value: words });
  });
  return sections;
}
