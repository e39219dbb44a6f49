// The week of a care plan (第3表 週間サービス計画表) as places in a picture. Pure.
//
// A row is {service, weekday: 1 (Monday) to 7, from: 'HHMM', until: 'HHMM'}. What goes on past midnight is two blocks.
// What overlaps within a day stands side by side.

const kDayMinutes = 24 * 60;

// Minutes since midnight, or nothing. 2400 is the day's end.
export function minutesOf(text) {
  const match = /^(\d{2}):?(\d{2})$/.exec(text ?? '');
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minutes <= kDayMinutes ? minutes : null;
}

export function showTime(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

// Rows as blocks of one day each, and the rows that cannot be drawn.
export function blocksOf(rows) {
  const blocks = [];
  const undrawn = [];
  for (const row of rows) {
    const weekday = Number(row.weekday);
    const from = minutesOf(row.from);
    const until = minutesOf(row.until);
    if (!(weekday >= 1 && weekday <= 7) || from === null || until === null || from === until) {
      undrawn.push(row);
    } else if (from < until) {
      blocks.push({ service: row.service, weekday, from, until });
    } else {
      blocks.push({ service: row.service, weekday, from, until: kDayMinutes });
      if (until > 0) blocks.push({ service: row.service, weekday: (weekday % 7) + 1, from: 0, until });
    }
  }
  blocks.sort((a, b) => a.weekday - b.weekday || a.from - b.from || a.until - b.until);
  return { blocks, undrawn };
}

// Gives each block of one day its lane and the number of lanes of those it touches.
function withLanes(day) {
  const placed = [];
  let group = [];
  let groupEnd = -1;
  const close = () => {
    const lanes = Math.max(0, ...group.map((block) => block.lane + 1));
    for (const block of group) placed.push({ ...block, lanes });
    group = [];
  };
  for (const block of day) {
    if (block.from >= groupEnd) close();
    const taken = new Set(group.filter((other) => other.until > block.from).map((other) => other.lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    group.push({ ...block, lane });
    groupEnd = Math.max(groupEnd, block.until);
  }
  close();
  return placed;
}

// The hours that a picture shows, in minutes: from the first block's to the last one's, at least eight of them.
export function spanOf(rows) {
  const { blocks } = blocksOf(rows);
  const first = Math.min(8 * 60, ...blocks.map((block) => Math.floor(block.from / 60) * 60));
  const last = Math.max(16 * 60, ...blocks.map((block) => Math.ceil(block.until / 60) * 60));
  return { first, last };
}

// Rectangles in a picture of `width` by `height` beside a scale of `left` and below a head of `top`.
// { rectangles: [{x, y, width, height, service, weekday, from, until}], hours: [{minutes, y}], days: [{weekday, x, width}],
//   undrawn }
export function layoutWeek(rows, { width, height, left, top }) {
  const { blocks, undrawn } = blocksOf(rows);
  const { first, last } = spanOf(rows);
  const column = (width - left) / 7;
  const yOf = (minutes) => top + ((minutes - first) / (last - first)) * (height - top);
  const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, x: left + (weekday - 1) * column, width: column }));
  const hours = [];
  for (let minutes = first; minutes <= last; minutes += 120) hours.push({ minutes, y: yOf(minutes) });
  const rectangles = days.flatMap(({ weekday, x }) =>
    withLanes(blocks.filter((block) => block.weekday === weekday)).map(({ lane, lanes, ...block }) => ({
      ...block,
      x: x + (column / lanes) * lane,
      width: column / lanes,
      y: yOf(block.from),
      height: yOf(block.until) - yOf(block.from),
    })),
  );
  return { rectangles, hours, days, undrawn };
}
