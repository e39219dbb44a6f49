// What is missing or wrong in what was typed into the opinion's form, question by question, in words. Pure.
import { parseDay } from './calendar.js';
import { opinionWord } from './labels.js';
import { unencodable } from './ms932.js';
import { formFieldNamed, formFields, wordsOf } from './opinion_form.js';
import { t } from './text.js';

const kLineMax = 2000;

// What a kind of question may hold, by the error that says so.
const kShapes = {
  measure: /^\d{1,3}(\.\d)?$/,
  postal: /^\d{3}-?\d{4}$/,
  phone: /^[0-9()+-]{1,20}$/,
  ascii: /^[0-9A-Za-z-]+$/,
};

export function labelOfQuestion({ name }) {
  return t(`opinion.${name}`);
}

function isEmpty(value) {
  return value === undefined || value === null || value === false || value === '' || value.length === 0;
}

// The answer that a question belongs to, as people read it: {label, value}.
export function conditionOf(field) {
  const [name, answer] = field.with;
  const other = formFieldNamed(name);
  return {
    label: labelOfQuestion(other),
    value: answer === true ? t('opinion.ticked') : opinionWord(wordsOf(other), answer),
  };
}

function applies({ with: condition }, values) {
  if (!condition) return true;
  const [name, answer] = condition;
  const given = values[name];
  return Array.isArray(given) ? given.includes(answer) : given === answer;
}

function textError(field, value, label) {
  const most = field.most ?? kLineMax;
  if (field.kind === 'day' && !parseDay(value)) return t('error.day', { label });
  if (kShapes[field.kind] && !kShapes[field.kind].test(value)) return t(`error.${field.kind}`, { label });
  if ([...value].length > most) return t('error.long', { label, most });
  const foreign = unencodable(value);
  return foreign.length > 0 ? t('error.characters', { label, characters: foreign.join(' ') }) : null;
}

function errorOf(field, values) {
  const value = values[field.name];
  const label = labelOfQuestion(field);
  if (isEmpty(value)) return field.required && applies(field, values) ? t('error.missing', { label }) : null;
  if (!applies(field, values)) {
    const { label: other, value: answer } = conditionOf(field);
    return t('error.alone', { label, other, value: answer });
  }
  if (field.strong) {
    const loose = (values[field.strong] ?? []).filter((one) => !value.includes(one));
    const words = loose.map((one) => opinionWord(wordsOf(field), one)).join(t('list.pause'));
    if (loose.length > 0) return t('error.strong', { label, values: words });
  }
  return typeof value === 'string' && !field.codes ? textError(field, value, label) : null;
}

export function opinionErrors(values) {
  const errors = {};
  for (const field of formFields()) {
    const error = errorOf(field, values);
    if (error) errors[field.name] = error;
  }
  if (!errors.request_number && !/^[0-9A-Za-z-]{1,20}$/.test(values.request_number ?? '')) {
    errors.request_number = t('error.request_number');
  }
  return errors;
}
