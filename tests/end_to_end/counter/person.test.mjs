// Screen "person": who is before the desk, by document, by card, or registered before.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sentence } from './browser.mjs';
import { codesOf, focusedId, go, kPerson, openRegistered, sayWhoLooks, tabTo, typePerson } from './desk.mjs';
import { examine, picture } from './looks.mjs';
import { cardBelongsTo, FakeAgent, institutionsShare } from './peers.mjs';

const byPaper = (page) => page.getByLabel('書類（資格確認書など）').check();

sentence('what is missing is told above the form, and each line leads to its field', {}, async (page) => {
  await byPaper(page);
  await page.locator('#admit').click();
  await page.locator('#errors').waitFor();
  assert.equal(await focusedId(page), 'errors');
  assert.equal(await page.locator('#errors li').count(), 5);
  await page.locator('#errors a', { hasText: '数字6桁' }).click();
  assert.equal(await focusedId(page), 'field-insurer');
  assert.equal(await page.locator('#field-insurer').getAttribute('aria-invalid'), 'true');
  await examine(page, 'person-errors');
});

sentence('a person shows a paper, and the office is registered with a receipt', {}, async (page) => {
  await sayWhoLooks(page);
  await byPaper(page);
  await page.getByLabel('介護保険被保険者証').check();
  await typePerson(page, 'h０００-000-004', '１３９９８０'); // as people type
  await page.getByLabel('代理の方').check();
  await page.locator('#field-relation').fill('長女');
  await page.locator('#field-basis').fill('委任状');
  await examine(page, 'person-by-paper');
  await page.locator('#admit').click();
  await page.locator('#result').waitFor();
  assert.equal(await focusedId(page), 'result');
  assert.match(await page.locator('#result').textContent(), /担当の事業所として登録されています.*書類で確認しました/);
  assert.match(await page.locator('.person').textContent(), /139980.*H000\s000\s004/);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('#save-receipt').click()]);
  assert.match(readFileSync(await saved.path(), 'utf8'), /^[\w-]+\.[\w-]+\.[\w-]+$/);
  await examine(page, 'person-registered');
});

sentence('the end of a registration is asked for once more, and takes effect', {}, async (page) => {
  await openRegistered(page, 'H000000004');
  await page.locator('#end-registration').click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.closest('dialog') !== null), true);
  await picture(page, 'dialog.ja', false);
  await dialog.getByText('やめる').click();
  assert.equal(await page.locator('#end-registration').count(), 1);
  await page.locator('#end-registration').click();
  await page.getByRole('dialog').getByText('登録を終える', { exact: true }).last().click();
  await page.getByText('登録を終えました').waitFor();
  assert.equal(await focusedId(page), 'result');
  await go(page, 'information');
  await page.locator('#ask').click();
  await page.locator('#problem-certification\\.card').waitFor();
});

sentence('a person without a registration is refused, in both languages', {}, async (page) => {
  await sayWhoLooks(page);
  await page.getByLabel('すでに登録済みの方を開く').check();
  await typePerson(page, '0000000005', '139964');
  await page.locator('#admit').click();
  await page.locator('#problem').waitFor();
  assert.equal(await focusedId(page), 'problem');
  await examine(page, 'person-refused');
  assert.match(await page.locator('#problem').textContent(), /担当事業所として登録されていません/);
  assert.deepEqual([...new Set(await codesOf(page))], ['SK-5007']);
});

sentence('a refusal of the gateway has its code and says what to do next', {}, async (page) => {
  await sayWhoLooks(page);
  await byPaper(page);
  await page.getByLabel('資格確認書', { exact: true }).check();
  await typePerson(page, '0000000009', '139972'); // 未来町 is not connected yet
  await page.locator('#admit').click();
  await page.locator('#problem').waitFor();
  assert.ok((await codesOf(page)).length > 0, await page.locator('#problem').textContent());
  assert.match(await page.locator('#problem').textContent(), /次にすること/);
  await examine(page, 'person-refused-by-gateway');
});

sentence('the next person finds nothing of the last one', {}, async (page) => {
  await openRegistered(page);
  await page.locator('#next-person').click();
  await page.getByRole('dialog').getByText('次の方へ移る').click();
  await page.getByText('対象の方はまだ選ばれていません').waitFor();
  const left = await page.evaluate((insured) => document.documentElement.outerHTML.includes(insured), kPerson);
  assert.equal(left, false);
  assert.equal(await page.locator('#field-actor').inputValue(), 's-0123'); // the staff stays
});

sentence('everything is reached and done by the keyboard alone', {}, async (page) => {
  await page.keyboard.press('Tab');
  assert.equal(await focusedId(page), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await focusedId(page), 'main');
  await tabTo(page, '#field-actor');
  await page.keyboard.type('s-0123');
  await tabTo(page, '#field-role');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '[name=way]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.value), 'known');
  await tabTo(page, '#field-insurer');
  await page.keyboard.type('139980');
  await tabTo(page, '#field-insured');
  await page.keyboard.type(kPerson);
  await page.keyboard.press('Enter');
  await page.locator('#result').waitFor();
  assert.equal(await focusedId(page), 'result');
  await tabTo(page, '#to-information');
  await page.keyboard.press('Enter');
  await page.locator('#ask').waitFor();
  assert.equal(await focusedId(page), 'main');
});

// --- the card

// A stand-in of the agent; the real one is in agent.test.mjs.
async function withAgent(steps) {
  const agent = await new FakeAgent().start();
  try {
    await steps(agent);
  } finally {
    await agent.stop();
  }
}

async function pair(page, agent) {
  await page.locator('#reader-again').or(page.locator('#pair')).first().waitFor();
  await page.locator('#field-pairing').fill(agent.code);
  await page.locator('#pair').click();
}

sentence('a card on the reader registers the office', {}, (page) =>
  withAgent(async (agent) => {
    await cardBelongsTo('card-1', kPerson);
    await page.reload();
    await sayWhoLooks(page);
    await page.locator('#field-pairing').fill('000000');
    await page.locator('#pair').click();
    await page.locator('#errors').waitFor();
    await examine(page, 'person-pairing');
    await pair(page, agent);
    await page.getByText('カードを読み取れます。').waitFor();
    await examine(page, 'person-by-card');
    await page.locator('#admit').click();
    await page.locator('#result').waitFor();
    assert.match(await page.locator('#result').textContent(), /マイナンバーカードで確認しました。 電子証明書は有効です。/);
    assert.match(agent.signed[0], /party=care-manager:1379900010/);
  }),
);

sentence('the card of this visit opens medical information, and what institutions share', {}, (page) =>
  withAgent(async (agent) => {
    await cardBelongsTo('card-1', kPerson);
    await institutionsShare(kPerson);
    await page.reload();
    await openRegistered(page);
    await go(page, 'information');
    await page.locator('#tab-medical').click();
    await pair(page, agent);
    await page.getByText('カードを読み取れます。').waitFor();
    await page.locator('#ask').click();
    await page.locator('.actions .hint').waitFor();
    const told = await page.locator('#panel').textContent();
    for (const words of ['見本錠', '見本健診', '見本食品', '退院時サマリー']) assert.ok(told.includes(words), told);
    assert.match(agent.signed[0], /purpose=medical/);
    await examine(page, 'information-medical');
  }),
);

sentence('what the card agent refuses is told, and can be tried again', {}, (page) =>
  withAgent(async (agent) => {
    await page.reload();
    await sayWhoLooks(page);
    await pair(page, agent);
    await page.getByText('カードを読み取れます。').waitFor();
    for (const [status, body, words] of [
      [422, { code: 'wrong-pin', tries: 2 }, '暗証番号が違います（残り 2 回）'],
      [423, { code: 'few-tries' }, '残り1回のため、止めました'],
      [423, { code: 'locked' }, 'ロックされています'],
      [409, { code: 'no-card' }, 'カードが読み取れません'],
    ]) {
      agent.refusal = [status, body];
      await page.locator('#admit').click();
      await page.locator('#problem', { hasText: words }).waitFor();
    }
    agent.refusal = null;
    agent.card = 'card-2'; // revoked
    await page.locator('#admit').click();
    await page.locator('#problem', { hasText: /SK-\d{4}/ }).waitFor();
    await examine(page, 'person-card-revoked');
  }),
);
