// What was typed into the form as the document that is sent: ikensho-csv:1.1, one record of 121 fields in MS932. Pure.
//
// The browser makes the document itself, from first byte to last: what the doctor's office checks, keeps and signs for is
// what is sent, and the gateway needs no second way to write what it reads.
import { ageOn } from './calendar.js';
import { csvField, firstRecord } from './csv.js';
import { decodeMs932, encodeMs932 } from './ms932.js';
import { kFieldCount } from './opinion_fields.js';
import { formFields, kDerived } from './opinion_form.js';
import { isInsured, isInsurer } from './question.js';
import { t } from './text.js';

const kSoftware = 'Sekisho';
const kAgeNumber = 18;

function bitsOf(field, values) {
  const ticked = values[field.name] ?? [];
  const strong = values[field.strong] ?? [];
  return field.bits
    .map((name) => {
      if (!ticked.includes(name)) return '0';
      return strong.includes(name) ? '2' : '1';
    })
    .join('');
}

function written(field, values) {
  const value = values[field.name];
  if (field.bits) return bitsOf(field, values);
  if (field.mark) return value ? '1' : '0';
  if (field.codes) return field.codes[value] ?? '';
  if (field.kind === 'day') return (value ?? '').replaceAll('-', '');
  const text = (value ?? '').replace(/\r\n?/g, '\n').trim();
  return text.replaceAll('\n', field.joined ?? '\r\n');
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
  out[kAgeNumber] = String(ageOn(values.born_on, values.written_on) ?? '');
  for (const field of formFields()) if (field.number) out[field.number] = written(field, values);
  for (const { number, from } of kDerived) out[number] = from.some((one) => out[one].includes('1')) ? '1' : '0';
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
