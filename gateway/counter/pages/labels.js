// Names of members and codes as the forms have them; what is not known stays as it came, and visible. Pure.
import { parseDay, showDay } from './calendar.js';
import { knows, language, t } from './text.js';
import { minutesOf, showTime } from './week.js';

const kUnshown = new Set(['insured', 'insurer', 'history', 'deleted']);

export function labelOf(name) {
  const key = `field.${name}`;
  return knows(key) ? t(key) : name;
}

export function codeText(name, value) {
  const key = `code.${name}.${value}`;
  if (knows(key)) return t(key);
  return knows(`code.${name}`) ? t(`code.${name}`, { value }) : String(value);
}

// A plain value in words: a code of its member, a day, a time of day, a yes or no.
export function showValue(name, value) {
  if (value === null || value === undefined || value === '') return t('value.none');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'string' && /_(on|from|until)$|_day$/.test(name) && parseDay(value)) {
    return showDay(value, language());
  }
  if ((name === 'from' || name === 'until') && minutesOf(value) !== null) return showTime(minutesOf(value));
  return codeText(name, value);
}

// The members of a record that people are shown, as [name, value].
export function shownMembers(record) {
  return Object.entries(record).filter(([name]) => !kUnshown.has(name));
}

// The person's number in groups that can be read aloud, on one line.
export function showInsured(insured) {
  return `${insured.slice(0, 4)}\u00a0${insured.slice(4, 7)}\u00a0${insured.slice(7)}`;
}

// What a box of the opinion's form says; a grade (J1, A2) says itself.
export function opinionWord(name, value) {
  const key = `opinion.${name}.${value}`;
  return knows(key) ? t(key) : String(value);
}

// A party's id as people name it: "insurer:139980" is 保険者 139980. What is no such id stays as it came.
export function partyText(id) {
  const [kind, number] = id.split(':');
  if (knows(`party.${id}`)) return t(`party.${id}`);
  return number !== undefined && knows(`party.${kind}`) ? `${t(`party.${kind}`)} ${number}` : id;
}

// Whether a text is Japanese in a page that is not, and must be read aloud as such (WCAG 3.1.2).
export function isForeign(text) {
  return language() !== 'ja' && /[\u3040-\u30ff\u3400-\u9fff]/.test(text);
}
