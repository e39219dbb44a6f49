// The 121 fields of ikensho-csv:1.1 (主治医意見書): names, and the section of the form that each stands in. Pure.
//
// Numbers and order are those of the gateway's own reader (adapters/documents/ikensho_fields.cpp).

export const kFieldCount = 121;

// Section names by the first field of each.
const kSectionStarts = [
  [1, 'header'],
  [23, 'doctor'],
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
