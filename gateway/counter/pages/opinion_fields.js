// The 121 fields of ikensho-csv:1.1 (主治医意見書): sections of the form, names, and the codes that the form offers. Pure.
//
// Numbers and order are those of the gateway's own reader (adapters/documents/ikensho_fields.cpp). The codes of the
// medical fields are not published; those offered here are ASSUMED to be the places of the printed form's boxes, from 1.

export const kFieldCount = 121;

// Section names by the first field of each.
const kSectionStarts = [
  [1, 'header'],
  [29, 'doctor'],
  [35, 'illness'],
  [44, 'treatment'],
  [47, 'condition'],
  [96, 'living'],
  [121, 'remarks'],
];

export function sectionOf(number) {
  return kSectionStarts.findLast(([first]) => number >= first)[1];
}

const kNames = (
  '形式の版,ソフト名,作成時刻,保険者番号,保険者名,被保険者番号,事業所番号,申請日,作成依頼日,送付日,依頼番号,医師番号,種別,記入日,氏名(かな),' +
  '氏名,生年月日,年齢,性別,郵便番号,住所,電話番号,医師氏名,医療機関名,医療機関郵便番号,医療機関所在地,医療機関電話番号,医療機関FAX番号,' +
  '医師の同意,最終診察日,意見書作成回数,他科受診の有無,他科受診の科,他科受診(その他),診断名1,発症日1,診断名2,発症日2,診断名3,発症日3,' +
  '症状の安定性,不安定な状況,経過・治療内容,処置内容,特別な対応,失禁への対応(カテーテル),障害高齢者の日常生活自立度(寝たきり度),' +
  '認知症高齢者の日常生活自立度,短期記憶,日常の意思決定を行う能力,意思の伝達能力,周辺症状の有無,周辺症状,周辺症状(その他),' +
  '精神・神経症状*4,利き腕,身長,体重,体重の変化,四肢欠損*2,麻痺*12,筋力の低下*3,関節の拘縮*3,関節の痛み*3,失調・不随意運動*4,褥瘡*3,' +
  'その他の皮膚疾患*3,屋外歩行,車いすの使用,歩行補助具・装具の使用,食事行為,現在の栄養状態,栄養・食生活上の留意点,' +
  '発生の可能性が高い状態,発生の可能性が高い状態(その他),対処方針,生活機能の維持・改善の見通し,医学的管理の必要性,' +
  '医学的管理の必要性(その他),サービス提供時の留意事項*11,感染症の有無,感染症の詳細,特記すべき事項'
)
  .split(',')
  .flatMap((name) => {
    const [text, times] = name.split('*');
    return times ? Array.from({ length: Number(times) }, (_, i) => `${text}(${i + 1})`) : [text];
  });

// "主治医意見書" field 35 -> "診断名1".
export function fieldName(number) {
  return kNames[number - 1] ?? '';
}

export const kTreatments = [
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
export const kResponses = ['monitor', 'bedsore'];
export const kBedridden = ['independent', 'J1', 'J2', 'A1', 'A2', 'B1', 'B2', 'C1', 'C2'];
export const kDementia = ['independent', 'I', 'IIa', 'IIb', 'IIIa', 'IIIb', 'IV', 'M'];
export const kSymptoms = [
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

// What the form asks: by section, each with the CSV's field number. `codes`: the value is the place in the list, from 1;
// `bits`: a 0 or 1 for each of the list; `day`: YYYYMMDD.
export const kForm = [
  {
    section: 'header',
    fields: [
      { number: 11, name: 'request_number', required: true },
      { number: 8, name: 'applied_on', kind: 'day' },
      { number: 14, name: 'written_on', kind: 'day', required: true },
      { number: 16, name: 'person_name', required: true },
      { number: 15, name: 'person_kana' },
      { number: 17, name: 'born_on', kind: 'day' },
      { number: 19, name: 'sex', codes: ['male', 'female'] },
      { number: 23, name: 'doctor_name', required: true },
      { number: 24, name: 'hospital_name', required: true },
      { number: 27, name: 'hospital_phone' },
    ],
  },
  {
    section: 'doctor',
    fields: [
      { number: 29, name: 'agrees', codes: ['yes', 'no'], required: true },
      { number: 30, name: 'examined_on', kind: 'day' },
      { number: 31, name: 'times', codes: ['first', 'again'] },
      { number: 32, name: 'other_departments', codes: ['yes', 'no'] },
    ],
  },
  {
    section: 'illness',
    fields: [
      { number: 35, name: 'diagnosis_1', required: true },
      { number: 36, name: 'onset_1' },
      { number: 37, name: 'diagnosis_2' },
      { number: 38, name: 'onset_2' },
      { number: 39, name: 'diagnosis_3' },
      { number: 40, name: 'onset_3' },
      { number: 41, name: 'stability', codes: ['stable', 'unstable', 'unknown'], required: true },
      { number: 42, name: 'instability', kind: 'lines' },
      { number: 43, name: 'course', kind: 'lines', joined: '\v' },
    ],
  },
  {
    section: 'treatment',
    fields: [
      { number: 44, name: 'treatments', bits: kTreatments },
      { number: 45, name: 'responses', bits: kResponses },
      { number: 46, name: 'catheter', codes: ['no', 'yes'], zero: true },
    ],
  },
  {
    section: 'condition',
    fields: [
      { number: 47, name: 'bedridden', codes: kBedridden, required: true },
      { number: 48, name: 'dementia', codes: kDementia, required: true },
      { number: 49, name: 'memory', codes: ['fine', 'trouble'], required: true },
      { number: 50, name: 'decision', codes: ['independent', 'some', 'watched', 'unable'], required: true },
      { number: 51, name: 'communication', codes: ['able', 'some', 'concrete', 'unable'], required: true },
      { number: 52, name: 'has_symptoms', codes: ['yes', 'no'] },
      { number: 53, name: 'symptoms', bits: kSymptoms },
    ],
  },
  { section: 'remarks', fields: [{ number: 121, name: 'remarks', kind: 'lines' }] },
];

export function formFieldByNumber(number) {
  return kForm.flatMap(({ fields }) => fields).find((field) => field.number === number);
}
