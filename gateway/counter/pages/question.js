// Questions and messages as CloudEvents, and the numbers that stand in them. Pure.

export const kRoles = [
  'care-manager',
  'physician',
  'dentist',
  'nurse',
  'pharmacist',
  'therapist',
  'dietitian',
  'care-worker',
  'social-worker',
  'office-staff',
];

// What a person's information is asked by: one section of the screen, its types, why, and whether the card is shown for it
// at each visit.
export const kSections = [
  { name: 'card', types: ['certification.card'], purpose: 'care' },
  {
    name: 'certification',
    types: ['certification.card', 'certification.progress', 'certification.opinion', 'certification.survey'],
    purpose: 'care',
  },
  { name: 'plan', types: ['care-plan.home', 'care-plan.facility', 'care-plan.prevention'], purpose: 'care' },
  { name: 'life', types: ['life.feedback'], purpose: 'care' },
  { name: 'limit', types: ['certification.limit-card'], purpose: 'care' },
  { name: 'housing', types: ['housing.renovation', 'housing.equipment'], purpose: 'care' },
  { name: 'medical', types: ['medical.query', 'medical.shared'], purpose: 'medical', card: true },
];

// Full-width digits and letters become half-width; blanks and hyphens go. People type both.
export function plainNumber(text) {
  return (text ?? '')
    .normalize('NFKC')
    .replace(/[\s\u2010-\u2015\u30fc-]/g, '')
    .toUpperCase();
}

export function isInsurer(text) {
  return /^[0-9]{6}$/.test(text);
}

export function isInsured(text) {
  return /^([0-9]{10}|H[0-9]{9})$/.test(text);
}

// The body of POST /v1/queries, structured mode.
export function questionEvent({ type, purpose, person, office, staff, id, time, visit }) {
  return {
    specversion: '1.0',
    id,
    source: office.source,
    type: `jp.sekisho.query.${type}`,
    time,
    insurer: person.insurer,
    insured: person.insured,
    purpose,
    actor: staff.actor,
    role: staff.role,
    ...(visit ? { visit } : {}),
  };
}

// A header's value as the HTTP binding of CloudEvents says: percent-encoded UTF-8 for what is no printable ASCII, and
// for blank, double quote and percent.
export function headerValue(text) {
  return encodeURIComponent(text).replace(/%(2[1346789BCF]|3[ABCDF]|40|5[BCDE]|60|7[BCD])/g, (hex) =>
    decodeURIComponent(hex),
  );
}

// The headers of POST /v1/messages, binary mode.
export function messageHeaders({ type, format, mediaType, person, office, staff, id, time, purpose }) {
  const attributes = {
    specversion: '1.0',
    id,
    source: office.source,
    type: `jp.sekisho.${type}`,
    time,
    dataschema: `urn:sekisho:format:${format}`,
    insurer: person.insurer,
    insured: person.insured,
    purpose,
    actor: staff.actor,
    role: staff.role,
  };
  const headers = { 'Content-Type': mediaType };
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== '') headers[`ce-${name}`] = headerValue(value);
  }
  return headers;
}

// What an answer holds: its records (an answer is a record or an array of them), or the bytes of a document of another
// kind; and the names of what the reader may not see.
export function readAnswer(event) {
  const withheld = (event.withheld ?? '').split(',').filter((name) => name !== '');
  if (typeof event.data_base64 === 'string') {
    const bytes = Uint8Array.from(atob(event.data_base64), (c) => c.charCodeAt(0));
    return { records: [], document: { mediaType: event.datacontenttype ?? '', bytes }, withheld };
  }
  const data = event.data ?? [];
  const rows = Array.isArray(data) ? data : [data];
  const records = rows.filter((row) => row && typeof row === 'object' && Object.keys(row).length > 0 && !row.deleted);
  return { records, document: null, withheld };
}
