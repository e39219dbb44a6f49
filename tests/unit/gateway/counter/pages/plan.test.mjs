// The week of a care plan as a picture, the plan's other parts, the survey's groups.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planOf } from '../../../../../gateway/counter/pages/plan.js';
import { surveyGroups, surveyItemName } from '../../../../../gateway/counter/pages/survey.js';
import { blocksOf, layoutWeek, minutesOf, showTime } from '../../../../../gateway/counter/pages/week.js';

const kFrame = { width: 750, height: 460, left: 50, top: 20 };

function visit(weekday, from, until, service = '訪問介護') {
  return { service, weekday, from, until };
}

test('times are minutes, and nothing that is none', () => {
  assert.equal(minutesOf('0930'), 570);
  assert.equal(minutesOf('09:30'), 570);
  assert.equal(minutesOf('2400'), 1440);
  for (const wrong of ['2401', '0960', '9999', '930', '', null]) assert.equal(minutesOf(wrong), null, String(wrong));
  assert.equal(showTime(570), '09:30');
});

test('what goes on past midnight stands on both days', () => {
  const { blocks } = blocksOf([visit(7, '2200', '0600')]);
  assert.deepEqual(
    blocks.map(({ weekday, from, until }) => [weekday, from, until]),
    [
      [1, 0, 360],
      [7, 1320, 1440],
    ],
  );
});

test('what cannot be drawn is told apart', () => {
  const wrong = [
    visit(0, '0900', '1000'),
    visit(8, '0900', '1000'),
    visit(1, '9999', '9999'),
    visit(1, '0900', '0900'),
  ];
  const { blocks, undrawn } = blocksOf([...wrong, visit(1, '0900', '1000')]);
  assert.equal(blocks.length, 1);
  assert.deepEqual(undrawn, wrong);
});

test('a block stands below its day at its hour', () => {
  const { rectangles, days } = layoutWeek([visit(3, '0900', '1000')], kFrame);
  assert.equal(days.length, 7);
  const [block] = rectangles;
  assert.equal(block.x, 50 + 2 * 100);
  assert.equal(block.width, 100);
  assert.equal(block.y, 20 + (1 / 8) * 440); // 08:00 to 16:00 at least
  assert.equal(block.height, (1 / 8) * 440);
});

test('what overlaps stands side by side and nothing else does', () => {
  const { rectangles } = layoutWeek(
    [
      visit(1, '0900', '1100', 'a'),
      visit(1, '1000', '1200', 'b'),
      visit(1, '1100', '1300', 'c'),
      visit(1, '1400', '1500', 'd'),
      visit(2, '0900', '1100', 'e'),
    ],
    kFrame,
  );
  const at = Object.fromEntries(rectangles.map((block) => [block.service, block]));
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e'].map((name) => [at[name].x, at[name].width]),
    [
      [50, 50],
      [100, 50],
      [50, 50],
      [50, 100],
      [150, 100],
    ],
  );
});

test('blocks never overlap and stay within the picture, whatever the week', () => {
  let seed = 7;
  const next = (below) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let round = 0; round < 200; round += 1) {
    const rows = Array.from({ length: next(12) }, () => visit(1 + next(7), showTime(next(1440)), showTime(next(1441))));
    const { rectangles } = layoutWeek(rows, kFrame);
    for (const one of rectangles) {
      assert.ok(one.x >= 50 && one.x + one.width <= 750.001 && one.y >= 20 && one.y + one.height <= 460.001);
      for (const other of rectangles) {
        if (one === other) continue;
        const apart =
          one.x + one.width <= other.x + 0.001 ||
          other.x + other.width <= one.x + 0.001 ||
          one.y + one.height <= other.y + 0.001 ||
          other.y + other.height <= one.y + 0.001;
        assert.ok(apart, JSON.stringify([one, other]));
      }
    }
  }
});

test('an empty week still has its days and hours', () => {
  const { rectangles, hours } = layoutWeek([], kFrame);
  assert.equal(rectangles.length, 0);
  assert.deepEqual(
    hours.map(({ minutes }) => showTime(minutes)),
    ['08:00', '10:00', '12:00', '14:00', '16:00'],
  );
});

test('a plan is told in its parts, and what is not known of it as facts', () => {
  const plan = planOf({
    insured: '0000000001',
    history: 2,
    deleted: false,
    planned_on: '2026-10-01',
    a_new_member: 'x',
    needs: [
      {
        need: '入浴を安全にしたい',
        long_goal: '一人で',
        short_goal: '見守りで',
        services: [{ content: '介助', frequency: '週2回' }, {}, '散歩'],
      },
    ],
    week: [{ service: '訪問介護', weekday: '1', from: '0900', until: '1000' }],
  });
  assert.deepEqual(plan.facts, [
    ['planned_on', '2026-10-01'],
    ['a_new_member', 'x'],
  ]);
  assert.deepEqual(plan.needs[0].services, ['介助 週2回', '散歩']);
  assert.deepEqual(plan.week[0], { service: '訪問介護', weekday: 1, from: '0900', until: '1000' });
  assert.deepEqual(plan.activities, []);
});

test('a month of a plan is told in facts, its uses a table', () => {
  const uses = [{ used_on: '2026-12-01', from: '0900', until: '1000', service_code: '112111', office: '架空訪問介護' }];
  const plan = planOf({ insured: '0000000001', month: '2026-12', status: 'agreed', uses, cost: '7' });
  assert.deepEqual(plan.facts, [
    ['month', '2026-12'],
    ['status', 'agreed'],
    ['uses', uses],
    ['cost', '7'],
  ]);
  assert.deepEqual(plan.week, []);
});

test('a plan whose parts are of another kind is not drawn and does no harm', () => {
  const plan = planOf({ needs: 'none', week: null, activities: {} });
  assert.deepEqual([plan.needs, plan.week, plan.activities], [[], [], []]);
});

test('a survey is told group by group in the order of its form', () => {
  const groups = surveyGroups(['5-1', '1-10', '1-2-1', '1-1-1', '6-1', '2-12'].map((item) => ({ item, code: '1' })));
  assert.deepEqual(
    groups.map(({ group, rows }) => [group, rows.map(({ item }) => item)]),
    [
      [1, ['1-1-1', '1-2-1', '1-10']],
      [2, ['2-12']],
      [5, ['5-1']],
      [6, ['6-1']],
    ],
  );
  assert.equal(surveyItemName('1-1-3'), '麻痺等の有無');
  assert.equal(surveyItemName('4-15'), '話がまとまらない');
  assert.equal(surveyItemName('7-1'), '');
});
