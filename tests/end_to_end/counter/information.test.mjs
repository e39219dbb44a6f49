// Screen "information": what the platform holds about the person, as the forms that people know, and why something is not
// shown. The plan, the feedback and the housing are given to the simulated platform by these tests; the rest is the day's.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { kHospital, sentence } from './browser.mjs';
import { codesOf, focusedId, go, kPerson, kTakenBack, openRegistered, tabTo } from './desk.mjs';
import { examine, picture } from './looks.mjs';
import { platformHolds } from './peers.mjs';

const kPlan = {
  planned_on: '2026-10-01',
  status: 'agreed',
  intention: '住み慣れた家で、できることは自分でしながら暮らしたい。',
  policy: '転倒に気をつけながら、日中の活動を増やせるように支える。',
  needs: [
    {
      need: '足の力が弱くなり、ひとりで入浴することに不安がある',
      long_goal: '安心して入浴できる',
      short_goal: '見守りを受けて、週2回入浴する',
      services: ['通所介護での入浴', '訪問介護による見守り'],
    },
    {
      need: '家の中で過ごす時間が長い',
      long_goal: '外に出る機会を持つ',
      short_goal: '週2回、外出する',
      services: ['通所介護'],
    },
  ],
  week: [
    { service: '訪問介護(生活援助)', weekday: 1, from: '0930', until: '1030' },
    { service: '通所介護', weekday: 2, from: '0930', until: '1630' },
    { service: '訪問看護', weekday: 3, from: '1400', until: '1500' },
    { service: '訪問介護(生活援助)', weekday: 4, from: '0930', until: '1030' },
    { service: '福祉用具の点検', weekday: 4, from: '1000', until: '1100' },
    { service: '通所介護', weekday: 5, from: '0930', until: '1630' },
    { service: '夜間対応型訪問介護', weekday: 7, from: '2200', until: '0100' },
  ],
  activities: [{ activity: '朝食', from: '0730', until: '0800' }],
};
const kFeedback = {
  period: '2026年9月',
  items: [
    { item: 'Barthel Index', before: '65', now: '70' },
    { item: 'BMI', before: '19.8', now: '20.1' },
  ],
  comment: '移乗と歩行の点数が上がりました。',
};

before(async () => {
  await platformHolds('care-plan.home', kPerson, kPlan);
  await platformHolds('life.feedback', kPerson, kFeedback);
  await platformHolds('housing.renovation', kPerson, {
    work: '手すりの取付け',
    finished_on: '2026-06-30',
    used: 120000,
    paid: 108000,
    rest: 80000,
  });
});

async function ask(page, section) {
  await page.locator(`#tab-${section}`).click();
  await page.locator('#ask').click();
  await page.locator('.actions .hint').waitFor();
}

sentence('nothing is asked before somebody asks for it', {}, async (page, { requests }) => {
  await openRegistered(page);
  await go(page, 'information');
  for (const section of ['certification', 'plan', 'card']) await page.locator(`#tab-${section}`).click();
  const asked = () => requests.filter((url) => url.endsWith('/v1/queries')).length;
  assert.equal(asked(), 0);
  await examine(page, 'information-before');
  await page.locator('#ask').click();
  await page.locator('.card').waitFor();
  assert.equal(asked(), 1);
});

sentence('the insured card is shown as people know it', {}, async (page) => {
  await openRegistered(page);
  await go(page, 'information');
  await ask(page, 'card');
  const card = await page.locator('.card').textContent();
  for (const words of ['介護保険 被保険者証', '要介護2', '負担の割合', 'あと']) assert.ok(card.includes(words), card);
  await examine(page, 'information-card');
});

sentence('a certification is told in its order, with the survey by groups', {}, async (page) => {
  await openRegistered(page);
  await go(page, 'information');
  await ask(page, 'certification');
  assert.ok((await page.locator('.timeline li').count()) > 2);
  await page.getByText('第1群 身体機能・起居動作').first().waitFor();
  await page.getByText('脳梗塞後遺症').waitFor(); // the opinion that a clinic filed as CSV in the day
  await examine(page, 'information-certification');
});

sentence('a care plan has its week as a picture, and the same as a table', { party: kHospital }, async (page) => {
  await openRegistered(page, kPerson, 'physician');
  await go(page, 'information');
  await ask(page, 'plan');
  assert.ok((await page.locator('svg.week .block').count()) >= kPlan.week.length);
  await page.locator('summary').first().click();
  assert.match(await page.locator('details').first().textContent(), /夜間対応型訪問介護/);
  await examine(page, 'information-plan');
});

sentence('feedback and housing are shown with all their members', {}, async (page) => {
  await openRegistered(page);
  await go(page, 'information');
  await ask(page, 'life');
  assert.match(await page.locator('#panel').textContent(), /Barthel Index/);
  await examine(page, 'information-life');
  await ask(page, 'housing');
  assert.match(await page.locator('#panel').textContent(), /手すりの取付け/);
  await examine(page, 'information-housing');
});

sentence('without consent the kind is refused, with its code, in both languages', {}, async (page) => {
  await openRegistered(page, kTakenBack);
  await go(page, 'information');
  await ask(page, 'certification');
  const codes = await codesOf(page);
  assert.ok(codes.length > 0);
  await examine(page, 'information-refused');
  await page.locator('#language').click();
  await page.locator('#ask').click();
  await page.locator('.notice.bad', { hasText: /consent/i }).first().waitFor();
  assert.deepEqual(await codesOf(page), codes);
  await picture(page, 'information-refused-asked-in.en');
});

sentence('the tabs are moved through by arrows, and the Tab key goes on to the content', {}, async (page) => {
  await openRegistered(page);
  await go(page, 'information');
  await tabTo(page, '#tab-card');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focusedId(page), 'tab-certification');
  await page.keyboard.press('End');
  assert.equal(await focusedId(page), 'tab-medical');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focusedId(page), 'tab-medical');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focusedId(page), 'tab-housing');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#tab-housing').getAttribute('aria-selected'), 'true');
  assert.equal(await focusedId(page), 'tab-housing');
  await tabTo(page, '#ask');
  await page.keyboard.press('Enter');
  await page.getByText('手すりの取付け').waitFor();
  assert.equal(await focusedId(page), 'ask');
});
