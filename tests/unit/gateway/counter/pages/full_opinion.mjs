// One opinion with every question of the form answered, and what stands in each column of it then. Everything is made up.
// full_opinion.csv is the same as bytes; the gateway's own reader is tested with it (adapters/documents/ikensho_test).

export const kFullWorld = {
  person: { insurer: '139980', insured: '0000000001' },
  office: { party: 'medical:1319900013' },
  at: '2026-11-21T11:02:03',
};

export const kFullValues = {
  request_number: '0042',
  applied_on: '2026-11-02',
  requested_on: '2026-11-04',
  sent_on: '2026-11-05',
  insurer_name: '架空市',
  doctor_number: '007',
  request_kind: '1',
  written_on: '2026-11-18',
  person_kana: 'かくう たろう',
  person_name: '架空 太郎',
  born_on: '1940-12-01',
  sex: 'male',
  person_postal: '100-0000',
  person_address: '架空市中央1-2-3',
  person_phone: '000-0000-0000',
  agrees: 'yes',
  doctor_name: '架空 医師',
  hospital_name: '架空中央病院',
  hospital_postal: '1000001',
  hospital_address: '架空市中央4-5-6',
  hospital_phone: '000-0000-0001',
  hospital_fax: '000-0000-0002',
  examined_on: '2026-11-17',
  times: 'again',
  other_departments: 'yes',
  departments: ['internal', 'ophthalmology', 'other'],
  departments_other: '麻酔科',
  diagnosis_1: '脳梗塞後遺症',
  onset_1: '令和5年頃',
  diagnosis_2: '高血圧症',
  onset_2: '平成20年頃',
  diagnosis_3: '変形性膝関節症',
  onset_3: '不明',
  stability: 'unstable',
  instability: '血圧の変動が大きい',
  course: '令和5年に発症し、"右片麻痺"が残る\n服薬を続ける',
  treatments: ['drip', 'oxygen', 'tube-feeding'],
  responses: ['bedsore'],
  catheter: 'yes',
  bedridden: 'B1',
  dementia: 'IIb',
  memory: 'trouble',
  decision: 'watched',
  communication: 'concrete',
  has_symptoms: 'yes',
  symptoms: ['day-night', 'wandering', 'other'],
  symptoms_other: '収集',
  mental: 'yes',
  mental_name: '失語',
  specialist: 'yes',
  specialist_name: '神経内科',
  hand: 'left',
  height: '158.5',
  weight: '49',
  weight_change: 'less',
  missing_limb: true,
  missing_limb_site: '左第5指',
  paralysis_right_arm: true,
  paralysis_right_arm_degree: 'heavy',
  paralysis_left_arm: true,
  paralysis_left_arm_degree: 'light',
  paralysis_right_leg: true,
  paralysis_right_leg_degree: 'middle',
  paralysis_left_leg: true,
  paralysis_left_leg_degree: 'light',
  paralysis_other: true,
  paralysis_other_site: '顔面右',
  paralysis_other_degree: 'middle',
  weakness: true,
  weakness_site: '両下肢',
  weakness_degree: 'middle',
  contracture: true,
  contracture_site: '右肘',
  contracture_degree: 'light',
  joint_pain: true,
  joint_pain_site: '両膝',
  joint_pain_degree: 'heavy',
  ataxia_arms: ['right'],
  ataxia_legs: ['left'],
  ataxia_trunk: ['left', 'right'],
  bedsore: true,
  bedsore_site: '仙骨部',
  bedsore_degree: 'light',
  skin_disease: true,
  skin_disease_site: '背部',
  skin_disease_degree: 'middle',
  walking: 'helped',
  wheelchair: 'others',
  aids: ['outdoors', 'indoors'],
  meals: 'self',
  nourishment: 'poor',
  nutrition_note: '塩分を控える',
  risks: ['falls', 'swallowing', 'other'],
  risks_other: '便秘',
  risks_policy: '手すりを付け,\n見守りを続ける',
  outlook: 'expected',
  management: ['home-visit', 'nursing', 'dental-hygiene', 'nutrition', 'other'],
  management_strong: ['nursing', 'other'],
  management_other: '訪問言語療法',
  blood_pressure: 'some',
  blood_pressure_note: '160を超えれば知らせる',
  eating: 'none',
  swallowing: 'some',
  swallowing_note: 'とろみを付ける',
  moving: 'some',
  moving_note: '二人で介助する',
  exercise: 'some',
  exercise_note: '30分まで',
  cautions_other: '入浴の前に血圧を測る',
  infection: 'yes',
  infection_name: '白癬',
  remarks: '家族の負担が大きい①\n特になし以外',
};

// By column, from 1. 摂食 (110) needs no words, so that 111 stays empty; all other columns say something.
export const kFullColumns = [
  ...['1.1', 'Sekisho', '000000000121110203', '139980', '架空市', '0000000001', '1319900013'], // 1 to 7
  ...['20261102', '20261104', '20261105', '0042', '007', '1', '20261118'], // 8 to 14
  ...['かくう たろう', '架空 太郎', '19401201', '85', '1', '100-0000', '架空市中央1-2-3', '000-0000-0000'], // 15 to 22
  ...['架空 医師', '架空中央病院', '1000001', '架空市中央4-5-6', '000-0000-0001', '000-0000-0002'], // 23 to 28
  ...['1', '20261117', '2', '1', '0001000000011', '麻酔科'], // 29 to 34
  ...['脳梗塞後遺症', '令和5年頃', '高血圧症', '平成20年頃', '変形性膝関節症', '不明'], // 35 to 40
  ...['2', '血圧の変動が大きい', '令和5年に発症し、"右片麻痺"が残る\v服薬を続ける'], // 41 to 43
  ...['100010001', '01', '1'], // 44 to 46
  ...['6', '4', '2', '3', '3', '1', '001000100001', '収集'], // 47 to 54
  ...['1', '失語', '1', '神経内科'], // 55 to 58
  ...['2', '158.5', '49', '3', '1', '左第5指'], // 59 to 64
  ...['1', '1', '3', '1', '1', '1', '2', '1', '1', '1', '顔面右', '2'], // 65 to 76
  ...['1', '両下肢', '2', '1', '右肘', '1', '1', '両膝', '3'], // 77 to 85
  ...['1', '10', '01', '11', '1', '仙骨部', '1', '1', '背部', '2'], // 86 to 95
  ...['2', '3', '110', '1', '2', '塩分を控える'], // 96 to 101
  ...['01000000010001', '便秘', '手すりを付け,\r\n見守りを続ける', '1'], // 102 to 105
  ...['1200001012', '訪問言語療法'], // 106 and 107
  ...['2', '160を超えれば知らせる', '1', '', '2', 'とろみを付ける', '2', '二人で介助する', '2', '30分まで'], // 108 to 117
  ...['入浴の前に血圧を測る', '1', '白癬', '家族の負担が大きい①\r\n特になし以外'], // 118 to 121
];
