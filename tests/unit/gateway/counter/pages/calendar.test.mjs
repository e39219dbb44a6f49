// Days in the Japanese calendar, and how a certification went.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ageOn,
  daysBetween,
  dayInJapan,
  eraOf,
  parseDay,
  showDay,
  showInstant,
} from '../../../../../gateway/counter/pages/calendar.js';
import { elapsed, timelineOf } from '../../../../../gateway/counter/pages/timeline.js';

test('an era begins on its day', () => {
  assert.equal(showDay('2019-04-30', 'ja'), '平成31年4月30日');
  assert.equal(showDay('2019-05-01', 'ja'), '令和元年5月1日');
  assert.equal(showDay('1989-01-07', 'ja'), '昭和64年1月7日');
  assert.equal(showDay('1989-01-08', 'ja'), '平成元年1月8日');
  assert.equal(showDay('1926-12-25', 'ja'), '昭和元年12月25日');
  assert.equal(showDay('1912-07-29', 'ja'), '明治45年7月29日');
});

test('a day before the eras is of the common calendar', () => {
  assert.equal(eraOf('1800-01-01'), null);
  assert.equal(showDay('1800-01-01', 'ja'), '1800年1月1日');
});

test('both ways of writing a day are read, and no other', () => {
  assert.equal(parseDay('20261121'), '2026-11-21');
  for (const wrong of ['2026-02-29', '2026-13-01', '2026-1-1', '26-11-21', 'x', '', null, undefined]) {
    assert.equal(parseDay(wrong), null, String(wrong));
  }
  assert.equal(parseDay('2028-02-29'), '2028-02-29');
});

test('an age is full years, and none where a day is missing or ahead', () => {
  assert.equal(ageOn('1940-12-01', '2026-11-18'), 85);
  assert.equal(ageOn('1940-11-18', '2026-11-18'), 86);
  assert.equal(ageOn('1940-02-29', '2027-02-28'), 86);
  for (const [born, day] of [['', '2026-11-18'], ['1940-02-30', '2026-11-18'], ['2026-11-19', '2026-11-18']]) {
    assert.equal(ageOn(born, day), null);
  }
});

test('what is no day is shown as it came', () => {
  assert.equal(showDay('令和5年頃', 'ja'), '令和5年頃');
  assert.equal(showDay(undefined, 'ja'), '');
});

test('in English a day is of the common calendar', () => {
  assert.equal(showDay('2026-11-21', 'en'), '21 November 2026');
});

test("an instant is shown in Japan's time, whatever its zone", () => {
  assert.equal(dayInJapan('2026-11-20T15:00:00Z'), '2026-11-21');
  assert.equal(dayInJapan('2026-11-20T14:59:59Z'), '2026-11-20');
  assert.equal(showInstant('2026-11-21T09:30:00+09:00', 'ja'), '令和8年11月21日 09:30');
  assert.equal(showInstant('never', 'ja'), 'never');
});

test('days are counted over the end of a leap February', () => {
  assert.equal(daysBetween('2028-02-28', '2028-03-01'), 2);
  assert.equal(daysBetween('2026-03-01', '2026-02-28'), -1);
});

test('a certification is told from its last day to its first, and what lies ahead is marked', () => {
  const events = timelineOf(
    {
      card: [{ care_level: '22', certified_from: '2025-12-01', certified_until: '2026-11-30' }],
      progress: [{ state: 'reviewed', applied_on: '2026-10-20', updated_on: '2026-11-10', due_on: '2026-11-19' }],
      survey: [{ surveyed_on: '2026-10-28' }],
      opinion: [{ written_on: '20261101' }],
    },
    '2026-11-15',
  );
  assert.deepEqual(
    events.map(({ kind, on, ahead }) => [kind, on, ahead]),
    [
      ['until', '2026-11-30', true],
      ['due', '2026-11-19', true],
      ['state', '2026-11-10', false],
      ['opinion', '2026-11-01', false],
      ['surveyed', '2026-10-28', false],
      ['applied', '2026-10-20', false],
      ['from', '2025-12-01', false],
    ],
  );
});

test('what is certified is no longer expected, and days that are none are left out', () => {
  const events = timelineOf(
    { progress: [{ state: 'certified', applied_on: '?', updated_on: '2026-11-10', due_on: '2026-11-19' }] },
    '2026-11-15',
  );
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['state'],
  );
});

test('nothing known is an empty timeline', () => {
  assert.deepEqual(timelineOf({}, '2026-11-15'), []);
});

test('a period knows how much of it has gone', () => {
  assert.deepEqual(elapsed('2026-01-01', '2026-01-10', '2026-01-06'), { part: 0.5, left: 4, begun: true });
  assert.equal(elapsed('2026-01-01', '2026-01-10', '2026-02-01').part, 1);
  assert.equal(elapsed('2026-01-01', '2026-01-10', '2025-12-31').begun, false);
});
