// Days as people in Japan write them. Pure.
//
// A day is YYYY-MM-DD or YYYYMMDD (both stand in the documents); an instant is RFC 3339 and is shown in Japan's time,
// which is nine hours ahead of UTC and knows no summer time.

const kEras = [
  { name: '令和', english: 'Reiwa', from: '2019-05-01' },
  { name: '平成', english: 'Heisei', from: '1989-01-08' },
  { name: '昭和', english: 'Showa', from: '1926-12-25' },
  { name: '大正', english: 'Taisho', from: '1912-07-30' },
  { name: '明治', english: 'Meiji', from: '1868-01-25' },
];
const kMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

// 'YYYY-MM-DD', or nothing for what is no day of the calendar.
export function parseDay(text) {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text ?? '');
  if (!match) return null;
  const [, year, month, day] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const same = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return same ? `${year}-${month}-${day}` : null;
}

// { era: '令和', english: 'Reiwa', year: 8 }; nothing before Meiji.
export function eraOf(day) {
  const parsed = parseDay(day);
  const era = parsed && kEras.find((one) => parsed >= one.from);
  if (!era) return null;
  return { era: era.name, english: era.english, year: Number(parsed.slice(0, 4)) - Number(era.from.slice(0, 4)) + 1 };
}

// 令和8年11月21日; 21 November 2026. What is no day stays as it is.
export function showDay(day, language) {
  const parsed = parseDay(day);
  if (!parsed) return day ?? '';
  const [year, month, date] = parsed.split('-').map(Number);
  if (language === 'en') return `${date} ${kMonths[month - 1]} ${year}`;
  const era = eraOf(parsed);
  if (!era) return `${year}年${month}月${date}日`;
  return `${era.era}${era.year === 1 ? '元' : era.year}年${month}月${date}日`;
}

// Full years from a birthday to a day; nothing where either is no day, or the birthday lies ahead.
export function ageOn(born, day) {
  const [from, until] = [parseDay(born), parseDay(day)];
  if (!from || !until || until < from) return null;
  const years = Number(until.slice(0, 4)) - Number(from.slice(0, 4));
  return until.slice(5) < from.slice(5) ? years - 1 : years;
}

// The day and time in Japan of an instant (a Date or RFC 3339): YYYY-MM-DDTHH:MM:SS. Nothing for what is none.
export function timeInJapan(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? null : new Date(date.getTime() + 9 * 3600 * 1000).toISOString().slice(0, 19);
}

export function dayInJapan(instant) {
  return timeInJapan(instant)?.slice(0, 10) ?? null;
}

export function showInstant(instant, language) {
  const there = timeInJapan(instant);
  if (!there) return instant ?? '';
  const words = `${showDay(there.slice(0, 10), language)}${language === 'en' ? ',' : ''} ${there.slice(11, 16)}`;
  return language === 'en' ? `${words} (Japan)` : words;
}

// Days from one day to another; negative when it lies before.
export function daysBetween(from, to) {
  return Math.round((Date.parse(parseDay(to)) - Date.parse(parseDay(from))) / 86400000);
}
