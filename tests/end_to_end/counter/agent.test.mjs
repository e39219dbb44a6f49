// The page and the real card agent: its own certificate, trusted as the README says; its pairing code; a card on a reader.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { CardAgent } from './agent.mjs';
import { sentence, trust } from './browser.mjs';
import { kPerson, sayWhoLooks } from './desk.mjs';
import { cardBelongsTo } from './peers.mjs';

let agent;
before(async () => {
  agent = await new CardAgent().start();
  trust(agent.certificate);
  await cardBelongsTo('card-1', kPerson);
});
after(() => agent?.stop());

async function pair(page) {
  await sayWhoLooks(page);
  await page.locator('#field-pairing').fill(agent.code);
  await page.locator('#pair').click();
  await page.getByText('カードを読み取れます。').waitFor();
}

// The office asks; whose card it is answers at the terminal.
async function admit(page, pin) {
  const before = agent.seen.length;
  await page.locator('#admit').click();
  await agent.shows(/tries left: \d\): $/, before);
  const asked = agent.seen.slice(before);
  agent.type(pin);
  return asked;
}

sentence('a PIN that is wrong is told with the tries that are left, and the right one registers the office', {}, async (page) => {
  await pair(page);
  assert.match(await admit(page, '9999'), /care-manager:1379900010[^]*tries left: 3/);
  await page.locator('#problem', { hasText: '暗証番号が違います（残り 2 回）' }).waitFor();
  assert.match(await admit(page, '1234'), /tries left: 2/);
  await page.locator('#result').waitFor();
  assert.match(await page.locator('#result').textContent(), /マイナンバーカードで確認しました。 電子証明書は有効です。/);
  assert.match(agent.seen, /tries left: 2\): \s*署名しました/); // and no digit of the PIN
});

sentence('who types nothing signs nothing, and the page says so', {}, async (page) => {
  await pair(page);
  await admit(page, '');
  await page.locator('#problem').waitFor();
  assert.equal(await page.locator('#result').count(), 0);
});
