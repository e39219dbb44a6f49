// What the opinion's form asks (主治医意見書): sections and groups in the order of the printed form, each question with
// the number of its column in ikensho-csv:1.1. Pure.
//
// A question: `name`, `number` (its column), and what it is answered with:
//   nothing  a line of text; `kind` 'lines', 'day' (YYYYMMDD), 'measure' (figures), 'postal', 'phone' or 'ascii'
//   mark     one box, written 0 or 1
//   codes    one of several, in the form's order; the values are what is written
//   bits     any of several; the list is in the order in which the column has them, `order` is the form's, where it
//            differs; each is written 0 or 1, or 2 where the question named by `strong` has it too
// `required`: must be answered. `with: [question, answer]`: belongs to that answer; with `required` it must be answered
// then. `most`: characters at the most. `words`: whose words say the answers, where they are not the question's own.
//
// Columns and codes as the ORCA project's 医見書 software writes version 1.1 (IkenshoOtherCSVOutput): numbers of boxes
// begin with 1; 有 is 1 and 無 2 on whichever side the form has them; in 033 and 098 the first box is the last digit.
// ASSUMED, since the software takes it from elsewhere: the places of the dominant hand and of the degrees.

const places = (...names) => Object.fromEntries(names.map((name, i) => [name, String(i + 1)]));

const kExists = { yes: '1', no: '2' };
const kExistsNot = { no: '2', yes: '1' };
const kDegrees = places('light', 'middle', 'heavy');
const kSides = ['right', 'left'];
const kNotes = places('none', 'some');

const kDepartments = [
  'internal',
  'psychiatry',
  'surgery',
  'orthopaedics',
  'neurosurgery',
  'dermatology',
  'urology',
  'gynaecology',
  'ophthalmology',
  'ear-nose-throat',
  'rehabilitation',
  'dentistry',
];
const kTreatments = [
  'drip',
  'central-vein',
  'dialysis',
  'stoma',
  'oxygen',
  'respirator',
  'tracheostomy',
  'pain',
  'tube-feeding',
];
const kSymptoms = [
  'hallucination',
  'delusion',
  'day-night',
  'abuse',
  'violence',
  'resistance',
  'wandering',
  'fire',
  'uncleanness',
  'eating',
  'sexual',
  'other',
];
const kAids = ['none', 'outdoors', 'indoors'];
const kRisks = [
  'incontinence',
  'falls',
  'mobility',
  'bedsore',
  'heart-lungs',
  'withdrawal',
  'apathy',
  'wandering',
  'malnutrition',
  'swallowing',
  'dehydration',
  'infection',
  'cancer-pain',
  'other',
];
const kManagement = [
  'home-visit',
  'nursing',
  'home-rehabilitation',
  'day-rehabilitation',
  'short-stay',
  'dental-visit',
  'dental-hygiene',
  'medication',
  'nutrition',
  'other',
];
const kManagementOnPaper = [
  'home-visit',
  'nursing',
  'dental-visit',
  'medication',
  'home-rehabilitation',
  'short-stay',
  'dental-hygiene',
  'nutrition',
  'day-rehabilitation',
  'other',
];

// A box, and what belongs to it once it is ticked: where and how badly.
function part(name, [flag, site, degree]) {
  const belonging = { with: [name, true] };
  return [
    { number: flag, name, mark: true },
    site && { number: site, name: `${name}_site`, most: 30, ...belonging },
    degree && { number: degree, name: `${name}_degree`, codes: kDegrees, words: 'degree', ...belonging },
  ].filter(Boolean);
}

// 特になし or あり, and what then.
function caution(name, [number, text]) {
  return [
    { number, name, codes: kNotes, words: 'caution' },
    { number: text, name: `${name}_note`, most: 30, with: [name, 'some'], required: true },
  ];
}

function diagnosis(place) {
  const number = 33 + 2 * place;
  return [
    { number, name: `diagnosis_${place}`, required: place === 1, most: 100 },
    { number: number + 1, name: `onset_${place}`, most: 40 },
  ];
}

function sides(number, name) {
  return { number, name, bits: kSides, words: 'side' };
}

export const kForm = [
  {
    section: 'header',
    groups: [
      {
        group: 'request',
        fields: [
          { number: 11, name: 'request_number', required: true },
          { number: 8, name: 'applied_on', kind: 'day' },
          { number: 9, name: 'requested_on', kind: 'day' },
          { number: 10, name: 'sent_on', kind: 'day' },
          { number: 5, name: 'insurer_name', most: 60 },
          { number: 12, name: 'doctor_number', kind: 'ascii', most: 20 },
          { number: 13, name: 'request_kind', kind: 'ascii', most: 2 },
        ],
      },
      {
        group: 'applicant',
        fields: [
          { number: 14, name: 'written_on', kind: 'day', required: true },
          { number: 15, name: 'person_kana', most: 60 },
          { number: 16, name: 'person_name', required: true, most: 60 },
          { number: 17, name: 'born_on', kind: 'day' },
          { number: 19, name: 'sex', codes: places('male', 'female') },
          { number: 20, name: 'person_postal', kind: 'postal' },
          { number: 21, name: 'person_address', most: 200 },
          { number: 22, name: 'person_phone', kind: 'phone' },
        ],
      },
    ],
  },
  {
    section: 'doctor',
    groups: [
      { fields: [{ number: 29, name: 'agrees', codes: places('yes', 'no'), required: true }] },
      {
        group: 'hospital',
        fields: [
          { number: 23, name: 'doctor_name', required: true, most: 60 },
          { number: 24, name: 'hospital_name', required: true, most: 100 },
          { number: 25, name: 'hospital_postal', kind: 'postal' },
          { number: 26, name: 'hospital_address', most: 200 },
          { number: 27, name: 'hospital_phone', kind: 'phone' },
          { number: 28, name: 'hospital_fax', kind: 'phone' },
        ],
      },
      {
        group: 'visits',
        fields: [
          { number: 30, name: 'examined_on', kind: 'day' },
          { number: 31, name: 'times', codes: places('first', 'again') },
          { number: 32, name: 'other_departments', codes: kExists },
          {
            number: 33,
            name: 'departments',
            bits: [...[...kDepartments].reverse(), 'other'],
            order: [...kDepartments, 'other'],
            with: ['other_departments', 'yes'],
            required: true,
          },
          { number: 34, name: 'departments_other', most: 30, with: ['departments', 'other'], required: true },
        ],
      },
    ],
  },
  {
    section: 'illness',
    groups: [
      { group: 'diagnoses', fields: [1, 2, 3].flatMap(diagnosis) },
      {
        group: 'stability',
        fields: [
          { number: 41, name: 'stability', codes: places('stable', 'unstable', 'unknown'), required: true },
          { number: 42, name: 'instability', kind: 'lines', with: ['stability', 'unstable'], required: true },
        ],
      },
      { group: 'course', fields: [{ number: 43, name: 'course', kind: 'lines', joined: '\v' }] },
    ],
  },
  {
    section: 'treatment',
    groups: [
      {
        fields: [
          { number: 44, name: 'treatments', bits: kTreatments },
          { number: 45, name: 'responses', bits: ['monitor', 'bedsore'] },
          { number: 46, name: 'catheter', codes: { no: '0', yes: '1' } },
        ],
      },
    ],
  },
  {
    section: 'condition',
    groups: [
      {
        group: 'daily',
        fields: [
          {
            number: 47,
            name: 'bedridden',
            codes: places('independent', 'J1', 'J2', 'A1', 'A2', 'B1', 'B2', 'C1', 'C2'),
            required: true,
          },
          {
            number: 48,
            name: 'dementia',
            codes: places('independent', 'I', 'IIa', 'IIb', 'IIIa', 'IIIb', 'IV', 'M'),
            required: true,
          },
        ],
      },
      {
        group: 'core',
        fields: [
          { number: 49, name: 'memory', codes: places('fine', 'trouble'), required: true },
          { number: 50, name: 'decision', codes: places('independent', 'some', 'watched', 'unable'), required: true },
          { number: 51, name: 'communication', codes: places('able', 'some', 'concrete', 'unable'), required: true },
        ],
      },
      {
        group: 'behaviour',
        fields: [
          { number: 52, name: 'has_symptoms', codes: kExistsNot },
          { number: 53, name: 'symptoms', bits: kSymptoms, with: ['has_symptoms', 'yes'], required: true },
          { number: 54, name: 'symptoms_other', most: 30, with: ['symptoms', 'other'], required: true },
        ],
      },
      {
        group: 'mental',
        fields: [
          { number: 55, name: 'mental', codes: kExistsNot },
          { number: 56, name: 'mental_name', most: 30, with: ['mental', 'yes'], required: true },
          { number: 57, name: 'specialist', codes: kExists, with: ['mental', 'yes'] },
          { number: 58, name: 'specialist_name', most: 30, with: ['specialist', 'yes'] },
        ],
      },
      {
        group: 'body',
        fields: [
          { number: 59, name: 'hand', codes: places('right', 'left'), words: 'side' },
          { number: 60, name: 'height', kind: 'measure' },
          { number: 61, name: 'weight', kind: 'measure' },
          { number: 62, name: 'weight_change', codes: places('more', 'same', 'less') },
          ...part('missing_limb', [63, 64]),
        ],
      },
      {
        group: 'paralysis',
        fields: [
          ...part('paralysis_right_arm', [66, null, 67]),
          ...part('paralysis_left_arm', [68, null, 69]),
          ...part('paralysis_right_leg', [70, null, 71]),
          ...part('paralysis_left_leg', [72, null, 73]),
          ...part('paralysis_other', [74, 75, 76]),
        ],
      },
      {
        group: 'muscles',
        fields: [
          ...part('weakness', [77, 78, 79]),
          ...part('contracture', [80, 81, 82]),
          ...part('joint_pain', [83, 84, 85]),
        ],
      },
      { group: 'ataxia', fields: [sides(87, 'ataxia_arms'), sides(88, 'ataxia_legs'), sides(89, 'ataxia_trunk')] },
      { group: 'skin', fields: [...part('bedsore', [90, 91, 92]), ...part('skin_disease', [93, 94, 95])] },
    ],
  },
  {
    section: 'living',
    groups: [
      {
        group: 'mobility',
        fields: [
          { number: 96, name: 'walking', codes: places('independent', 'helped', 'none') },
          { number: 97, name: 'wheelchair', codes: places('none', 'self', 'others') },
          { number: 98, name: 'aids', bits: [...kAids].reverse(), order: kAids },
        ],
      },
      {
        group: 'nutrition',
        fields: [
          { number: 99, name: 'meals', codes: places('self', 'helped') },
          { number: 100, name: 'nourishment', codes: places('good', 'poor') },
          { number: 101, name: 'nutrition_note', most: 30 },
        ],
      },
      {
        group: 'risks',
        fields: [
          { number: 102, name: 'risks', bits: kRisks },
          { number: 103, name: 'risks_other', most: 30, with: ['risks', 'other'], required: true },
          { number: 104, name: 'risks_policy', kind: 'lines', most: 140 },
        ],
      },
      { group: 'outlook', fields: [{ number: 105, name: 'outlook', codes: places('expected', 'not', 'unknown') }] },
      {
        group: 'management',
        fields: [
          { number: 106, name: 'management', bits: kManagement, order: kManagementOnPaper, strong: 'management_strong' },
          { name: 'management_strong', bits: kManagement, order: kManagementOnPaper, words: 'management' },
          { number: 107, name: 'management_other', most: 30, with: ['management', 'other'], required: true },
        ],
      },
      {
        group: 'cautions',
        fields: [
          ...caution('blood_pressure', [108, 109]),
          ...caution('eating', [110, 111]),
          ...caution('swallowing', [112, 113]),
          ...caution('moving', [114, 115]),
          ...caution('exercise', [116, 117]),
          { number: 118, name: 'cautions_other', most: 50 },
        ],
      },
      {
        group: 'infection',
        fields: [
          { number: 119, name: 'infection', codes: { no: '2', yes: '1', unknown: '3' } },
          { number: 120, name: 'infection_name', most: 30, with: ['infection', 'yes'], required: true },
        ],
      },
    ],
  },
  { section: 'remarks', groups: [{ fields: [{ number: 121, name: 'remarks', kind: 'lines' }] }] },
];

// Columns that follow from others: 1 where any of those has a 1.
export const kDerived = [
  { number: 65, from: [66, 68, 70, 72, 74] },
  { number: 86, from: [87, 88, 89] },
];

const kFields = kForm.flatMap(({ groups }) => groups.flatMap(({ fields }) => fields));

export function formFields() {
  return kFields;
}

export function formFieldNamed(name) {
  return kFields.find((field) => field.name === name);
}

export function formFieldByNumber(number) {
  return kFields.find((field) => field.number === number);
}

// Whose words say what the boxes of a question mean.
export function wordsOf(field) {
  return field.words ?? field.name;
}

// The answers that a question offers, in the form's order.
export function answersOf(field) {
  return field.order ?? field.bits ?? Object.keys(field.codes ?? {});
}
