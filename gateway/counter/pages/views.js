// A person's information as the forms that people know. Every member that came is shown, known or not; what the reader
// may not see is named.
import { showDay } from './calendar.js';
import { el, pairs, svg, table } from './dom.js';
import { codeText, isForeign, labelOf, showValue, shownMembers } from './labels.js';
import { opinionRows } from './opinion_reading.js';
import { planOf } from './plan.js';
import { surveyGroups } from './survey.js';
import { language, t } from './text.js';
import { elapsed, timelineOf } from './timeline.js';
import { layoutWeek, showTime, spanOf } from './week.js';

// A text of the documents, in its own language.
function words(text) {
  return isForeign(text) ? el('span', { lang: 'ja' }, text) : text;
}

function withheldView(names) {
  if (names.length === 0) return null;
  return el(
    'p',
    { class: 'withheld' },
    el('strong', {}, t('withheld.title')),
    names.map(labelOf).join(t('list.pause')),
  );
}

function isTable(value) {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row) => row && typeof row === 'object' && !Array.isArray(row))
  );
}

function nested(name, value) {
  if (isTable(value)) {
    const heads = [...new Set(value.flatMap((row) => Object.keys(row)))];
    return table({
      caption: labelOf(name),
      heads: heads.map(labelOf),
      rows: value.map((row) => heads.map((head) => valueView(head, row[head]))),
    });
  }
  if (Array.isArray(value))
    return el(
      'ul',
      {},
      value.map((item) => el('li', {}, valueView(name, item))),
    );
  return pairs(Object.entries(value).map(([key, item]) => [labelOf(key), valueView(key, item)]));
}

function valueView(name, value) {
  return value && typeof value === 'object'
    ? nested(name, value)
    : el('span', { class: 'lines' }, words(showValue(name, value)));
}

function recordView(record) {
  const members = shownMembers(record);
  return [
    pairs(
      members.filter(([, value]) => !isTable(value)).map(([name, value]) => [labelOf(name), valueView(name, value)]),
    ),
    members.filter(([, value]) => isTable(value)).map(([name, value]) => nested(name, value)),
  ];
}

// Any kind of information, in its own members.
export function recordsView(result) {
  return el(
    'section',
    { class: 'sheet' },
    el('h2', {}, t(`type.${result.type}`)),
    result.records.length === 0 && !result.document && el('p', {}, t('information.none')),
    result.records.map(recordView),
    result.document && el('p', {}, t('information.document', { type: result.document.mediaType })),
    withheldView(result.withheld),
  );
}

// --- 被保険者証・負担割合証

function periodView(from, until, today) {
  if (!from || !until) return null;
  const { part, left, begun } = elapsed(from, until, today);
  const words = !begun
    ? t('period.ahead')
    : left < 0
      ? t('period.over', { days: -left })
      : t('period.left', { days: left });
  return el(
    'div',
    { class: left < 60 ? 'period soon' : 'period' },
    svg(
      'svg',
      { viewBox: '0 0 100 4', preserveAspectRatio: 'none', class: 'bar', 'aria-hidden': 'true' },
      svg('rect', { class: 'rest', width: 100, height: 4 }),
      svg('rect', { class: 'gone', width: part * 100, height: 4 }),
    ),
    el('p', {}, words),
  );
}

function cardView(record, today) {
  const range = (from, until) =>
    `${showDay(record[from], language())} ${t('value.to')} ${showDay(record[until], language())}`;
  return el(
    'div',
    { class: 'card' },
    el('p', { class: 'card-title' }, t('card.title')),
    pairs(
      [
        record.insured && [t('field.insured'), record.insured],
        record.care_level && [
          t('field.care_level'),
          el('strong', { class: 'big' }, codeText('care_level', record.care_level)),
        ],
        record.certified_from && [
          t('field.certified'),
          [
            range('certified_from', 'certified_until'),
            periodView(record.certified_from, record.certified_until, today),
          ],
        ],
        record.burden_ratio && [t('field.burden_ratio'), codeText('burden_ratio', record.burden_ratio)],
        record.ratio_from && [t('field.ratio'), range('ratio_from', 'ratio_until')],
        record.lost_on && [t('field.lost_on'), showDay(record.lost_on, language())],
      ].filter(Boolean),
    ),
  );
}

export function sectionOfCard(result, today) {
  return el(
    'section',
    {},
    result.records.length === 0 && el('p', {}, t('information.none')),
    result.records.map((record) => cardView(record, today)),
    withheldView(result.withheld),
  );
}

// --- 認定

function eventWords({ kind, values }) {
  if (kind === 'state') return codeText('state', values.state);
  if (kind === 'from' || kind === 'until')
    return t(`timeline.${kind}`, { level: codeText('care_level', values.level) });
  return t(`timeline.${kind}`);
}

function timelineView(came, today) {
  const records = (type) => came[`certification.${type}`]?.records ?? [];
  const events = timelineOf(
    { card: records('card'), progress: records('progress'), survey: records('survey'), opinion: records('opinion') },
    today,
  );
  if (events.length === 0) return null;
  return el(
    'section',
    {},
    el('h2', {}, t('timeline.title')),
    el(
      'ol',
      { class: 'timeline', reversed: true },
      events.map((event) =>
        el(
          'li',
          { class: event.ahead ? 'ahead' : null },
          el('span', { class: 'day' }, showDay(event.on, language())),
          el('span', {}, eventWords(event)),
          event.ahead && el('span', { class: 'mark' }, t('timeline.ahead')),
        ),
      ),
    ),
  );
}

function surveyView(record) {
  return surveyGroups(record.answers ?? []).map(({ group, rows }) =>
    table({
      caption: t(`survey.${group}`),
      heads: [t('survey.item'), t('survey.name'), t('survey.answer')],
      even: true,
      rows: rows.map(({ item, name, code }) => [item, el('span', { lang: 'ja' }, name), code]),
    }),
  );
}

function opinionView(result) {
  const rows = result.document ? opinionRows(result.document.bytes) : null;
  if (!rows) return recordsView(result);
  return el(
    'section',
    { class: 'sheet' },
    el('h2', {}, t('type.certification.opinion')),
    rows.map(({ section, fields }) => [
      el('h3', {}, t(`opinion.section.${section}`)),
      pairs(fields.map(({ label, value }) => [label, el('span', { class: 'lines', lang: isForeign(value) ? 'ja' : null }, value)])),
    ]),
    withheldView(result.withheld),
  );
}

export function certificationView(came, today) {
  const survey = came['certification.survey'];
  return [
    timelineView(came, today),
    came['certification.progress'] && recordsView(came['certification.progress']),
    came['certification.opinion'] && opinionView(came['certification.opinion']),
    survey &&
      el(
        'section',
        { class: 'sheet' },
        el('h2', {}, t('type.certification.survey')),
        survey.records.length === 0 && el('p', {}, t('information.none')),
        survey.records.map(surveyView),
        withheldView(survey.withheld),
      ),
  ];
}

// --- ケアプラン

const kPicture = { width: 760, left: 48, top: 28 };
const kHour = 26; // one line of text fits into an hour
const kFirstLine = 16;

// The picture of the week; the table behind it says the same in words.
function weekPicture(rows) {
  const { first, last } = spanOf(rows);
  const frame = { ...kPicture, height: kPicture.top + ((last - first) / 60) * kHour };
  const { rectangles, hours, days } = layoutWeek(rows, frame);
  const services = [...new Set(rectangles.map((block) => block.service))];
  return svg(
    'svg',
    {
      viewBox: `0 0 ${kPicture.width} ${frame.height}`,
      class: 'week',
      role: 'img',
      'aria-label': t('week.picture'),
    },
    days.map(({ weekday, x, width }) => [
      svg('rect', {
        class: weekday % 2 ? 'column' : 'column odd',
        x,
        y: kPicture.top,
        width,
        height: frame.height - kPicture.top,
      }),
      svg('text', { class: 'day', x: x + width / 2, y: 18, 'text-anchor': 'middle' }, t(`code.weekday.${weekday}`)),
    ]),
    hours.map(({ minutes, y }) => [
      svg('line', { class: 'hour', x1: kPicture.left, x2: kPicture.width, y1: y, y2: y }),
      svg(
        'text',
        { class: 'time', x: kPicture.left - 6, y: Math.min(y + 4, frame.height - 2), 'text-anchor': 'end' },
        showTime(minutes),
      ),
    ]),
    rectangles.map((block) => [
      svg('rect', {
        class: `block kind-${services.indexOf(block.service) % 6}`,
        x: block.x + 2,
        y: block.y + 1,
        rx: 4,
        width: Math.max(4, block.width - 4),
        height: Math.max(6, block.height - 2),
      }),
      svg(
        'text',
        {
          class: 'block-text',
          lang: isForeign(block.service) ? 'ja' : null,
          x: block.x + 7,
          y: block.y + Math.min(kFirstLine, block.height / 2 + 5),
        },
        wrapped(block.service, (block.width - 12) / 13, (block.height - 4) / 16).map((line, i) =>
          svg('tspan', { x: block.x + 7, dy: i === 0 ? 0 : 16 }, line),
        ),
      ),
    ]),
  );
}

// Lines of so many full-width characters, no more than fit; the table has the whole.
function wrapped(text, columns, lines) {
  const size = Math.max(1, Math.floor(columns));
  const all = [...text];
  const most = Math.max(1, Math.floor(lines));
  const out = [];
  for (let i = 0; i < all.length && out.length < most; i += size) out.push(all.slice(i, i + size).join(''));
  if (all.length > size * most && size > 1) out[most - 1] = `${out[most - 1].slice(0, -1)}…`;
  return out;
}

function weekView(rows) {
  const inOrder = [...rows].sort((a, b) => a.weekday - b.weekday || (a.from < b.from ? -1 : 1));
  return el(
    'section',
    {},
    el('h3', {}, t('week.title')),
    el('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': t('week.picture') }, weekPicture(rows)),
    el(
      'details',
      {},
      el('summary', {}, t('week.table')),
      table({
        caption: t('week.title'),
        quiet: true,
        heads: [t('week.day'), t('week.time'), t('field.service')],
        rows: inOrder.map((row) => [
          codeText('weekday', row.weekday),
          `${showValue('from', row.from)}${t('value.until')}${showValue('until', row.until)}`,
          words(row.service),
        ]),
      }),
    ),
  );
}

function onePlan(record) {
  const plan = planOf(record);
  return el(
    'article',
    { class: 'sheet' },
    pairs(plan.facts.map(([name, value]) => [labelOf(name), valueView(name, value)])),
    plan.needs.length > 0 &&
      table({
        caption: t('plan.needs'),
        heads: ['need', 'long_goal', 'short_goal', 'services'].map(labelOf),
        rows: plan.needs.map((need) => [
          ...[need.need, need.long_goal, need.short_goal].map(words),
          el(
            'ul',
            {},
            need.services.map((service) => el('li', {}, words(service))),
          ),
        ]),
      }),
    plan.week.length > 0 && weekView(plan.week),
    plan.activities.length > 0 && nested('activities', plan.activities),
  );
}

export function planView(came) {
  const results = Object.values(came);
  const none = results.filter((result) => result.records.length === 0 && !result.document);
  return [
    results
      .filter((result) => !none.includes(result))
      .map((result) =>
        el(
          'section',
          {},
          el('h2', {}, t(`type.${result.type}`)),
          result.records.map(onePlan),
          result.document && el('p', {}, t('information.document', { type: result.document.mediaType })),
          withheldView(result.withheld),
        ),
      ),
    none.length > 0 &&
      el(
        'p',
        {},
        t('information.none.of', { types: none.map((result) => t(`type.${result.type}`)).join(t('list.pause')) }),
      ),
  ];
}
