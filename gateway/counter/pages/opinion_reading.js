// An opinion that came as its CSV: the fields that say something, by section. Pure.
import { showDay } from './calendar.js';
import { firstRecord } from './csv.js';
import { opinionWord } from './labels.js';
import { decodeMs932 } from './ms932.js';
import { fieldName, formFieldByNumber, kFieldCount, sectionOf } from './opinion_fields.js';
import { language, t } from './text.js';

const kDays = new Set([8, 9, 10, 14, 17, 30]);
const kUnshown = new Set([1, 2, 3, 12, 13]); // of the software, not of the person

function shown(number, value) {
  if (kDays.has(number)) return showDay(value, language());
  const field = formFieldByNumber(number);
  if (field?.bits && /^[01]+$/.test(value)) {
    return [...value]
      .flatMap((bit, i) => (bit === '1' ? [opinionWord(field.name, field.bits[i] ?? i + 1)] : []))
      .join(t('list.pause'));
  }
  const place = Number(value) - (field?.zero ? 0 : 1);
  if (field?.codes && field.codes[place] !== undefined) return opinionWord(field.name, field.codes[place]);
  return value.replaceAll('\v', '\n');
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
    sections.at(-1).fields.push({ label: fieldName(number), value: words });
  });
  return sections;
}
