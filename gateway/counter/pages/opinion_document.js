// What was typed into the form as the document that is sent: ikensho-csv:1.1, one record of 121 fields in MS932. Pure.
//
// The browser makes the document itself, from first byte to last: what the doctor's office checks, keeps and signs for is
// what is sent, and the gateway needs no second way to write what it reads.
import { parseDay } from './calendar.js';
import { csvField, firstRecord } from './csv.js';
import { decodeMs932, encodeMs932, unencodable } from './ms932.js';
import { kFieldCount, kForm } from './opinion_fields.js';
import { isInsured, isInsurer } from './question.js';
import { t } from './text.js';

const kLineMax = 2000;
const kSoftware = 'Sekisho';

export function formFields() {
  return kForm.flatMap(({ fields }) => fields);
}

function written(field, value) {
  if (field.bits) return field.bits.map((name) => ((value ?? []).includes(name) ? '1' : '0')).join('');
  if (field.codes) return (value ?? '') === '' ? '' : String(field.codes.indexOf(value) + (field.zero ? 0 : 1));
  if (field.kind === 'day') return (value ?? '').replaceAll('-', '');
  const text = (value ?? '').replace(/\r\n?/g, '\n').trim();
  return text.replaceAll('\n', field.joined ?? '\r\n');
}

export function opinionErrors(values) {
  const errors = {};
  for (const field of formFields()) {
    const value = values[field.name];
    const label = t(`opinion.${field.name}`);
    const empty = value === undefined || value === '' || value.length === 0;
    if (field.required && empty) {
      errors[field.name] = t('error.missing', { label });
    } else if (field.kind === 'day' && !empty && !parseDay(value)) {
      errors[field.name] = t('error.day', { label });
    } else if (typeof value === 'string' && value.length > kLineMax) {
      errors[field.name] = t('error.long', { label, most: kLineMax });
    } else if (typeof value === 'string') {
      const foreign = unencodable(value);
      if (foreign.length > 0) errors[field.name] = t('error.characters', { label, characters: foreign.join(' ') });
    }
  }
  if (!errors.request_number && !/^[0-9A-Za-z-]{1,20}$/.test(values.request_number ?? '')) {
    errors.request_number = t('error.request_number');
  }
  return errors;
}

// The 121 values, by number from 1 (place 0 is empty). `at` is a day and time in Japan, YYYY-MM-DDTHH:MM:SS.
export function opinionValues(values, { person, office, at }) {
  const out = Array.from({ length: kFieldCount + 1 }, () => '');
  out[1] = '1.1';
  out[2] = kSoftware;
  out[3] = person.insured + at.slice(8, 10) + at.slice(11).replaceAll(':', '');
  out[4] = person.insurer;
  out[6] = person.insured;
  out[7] = office.party.split(':')[1] ?? '';
  for (const field of formFields()) out[field.number] = written(field, values[field.name]);
  return out;
}

// The bytes; nothing where a character has no place in MS932 (opinionErrors says which).
export function opinionDocument(values, world) {
  return encodeMs932(`${opinionValues(values, world).slice(1).map(csvField).join(',')}\r\n`);
}

// What a chosen file says of itself: {person, error}. The gateway checks the rest, and says what and where.
export function readOpinionFile(bytes) {
  const text = decodeMs932(bytes);
  if (text === null) return { error: t('error.file.characters') };
  const fields = firstRecord(text);
  if (!fields || fields.length !== kFieldCount) {
    return { error: t('error.file.fields', { count: fields?.length ?? 0, wanted: kFieldCount }) };
  }
  const person = { insurer: fields[3], insured: fields[5] };
  if (!isInsurer(person.insurer) || !isInsured(person.insured)) return { error: t('error.file.person') };
  return { person, request: fields[10] };
}
