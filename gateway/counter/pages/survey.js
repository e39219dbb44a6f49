// The items of the certification survey (認定調査票 基本調査) by group, under their official names. Pure.

const kGroups = {
  1: [
    '麻痺等の有無',
    '拘縮の有無',
    '寝返り',
    '起き上がり',
    '座位保持',
    '両足での立位保持',
    '歩行',
    '立ち上がり',
    '片足での立位',
    '洗身',
    'つめ切り',
    '視力',
    '聴力',
  ],
  2: [
    '移乗',
    '移動',
    'えん下',
    '食事摂取',
    '排尿',
    '排便',
    '口腔清潔',
    '洗顔',
    '整髪',
    '上衣の着脱',
    'ズボン等の着脱',
    '外出頻度',
  ],
  3: [
    '意思の伝達',
    '毎日の日課を理解',
    '生年月日や年齢を言う',
    '短期記憶',
    '自分の名前を言う',
    '今の季節を理解する',
    '場所の理解',
    '徘徊',
    '外出すると戻れない',
  ],
  4: [
    '物を盗られたなどと被害的になる',
    '作話',
    '泣いたり笑ったりして感情が不安定になる',
    '昼夜の逆転',
    'しつこく同じ話をする',
    '大声を出す',
    '介護に抵抗する',
    '落ち着きがない',
    '一人で外に出たがり目が離せない',
    '収集癖',
    '物を壊したり衣類を破いたりする',
    'ひどい物忘れ',
    '独り言・独り笑い',
    '自分勝手に行動する',
    '話がまとまらない',
  ],
  5: ['薬の内服', '金銭の管理', '日常の意思決定', '集団への不適応', '買い物', '簡単な調理'],
};

export function surveyItemName(item) {
  const [group, number] = item.split('-').map(Number);
  return kGroups[group]?.[number - 1] ?? '';
}

// [{group: 1 to 6, rows: [{item, name, code}]}] in the order of the form; what is in no group is in the sixth.
export function surveyGroups(answers) {
  const parts = ({ item }) => item.split('-').map(Number);
  const order = (a, b) => {
    const [left, right] = [parts(a), parts(b)];
    for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
      if ((left[i] ?? 0) !== (right[i] ?? 0)) return (left[i] ?? 0) - (right[i] ?? 0);
    }
    return 0;
  };
  const groups = new Map();
  for (const answer of [...answers].sort(order)) {
    const first = parts(answer)[0];
    const group = first in kGroups ? first : 6;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push({ item: answer.item, name: surveyItemName(answer.item), code: answer.code });
  }
  return [...groups].sort(([a], [b]) => a - b).map(([group, rows]) => ({ group, rows }));
}
