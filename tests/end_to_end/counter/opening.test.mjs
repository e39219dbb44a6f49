// Who may open the counter page, and what it may do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kGateway, kHospital, kTimeoutMs, openPage, sentence } from './browser.mjs';
import { barriersOf, examine, picture } from './looks.mjs';

sentence('the page opens with the client certificate and says which office it is', { party: kHospital }, async (page) => {
  assert.equal(await page.locator('.office').textContent(), '架空中央病院');
  assert.equal(await page.title(), 'ご本人の確認 - 関所 窓口');
  assert.equal(await page.locator('.person').textContent(), '対象の方はまだ選ばれていません');
});

test('without a certificate there is no page', { timeout: kTimeoutMs }, async () => {
  const { page } = await openPage(null);
  await assert.rejects(page.goto(`${kGateway}/counter/`), /net::ERR_/);
  assert.equal(await page.locator('#main').count(), 0);
});

for (const [whose, party, word] of [
  ['a revoked certificate', 'care-office:1379900044', /失効/],
  ['a certificate of the public zone', 'system:platform', /接続口/],
]) {
  test(`${whose} opens nothing and is told why`, { timeout: kTimeoutMs }, async () => {
    const { page } = await openPage(party);
    const answer = await page.goto(`${kGateway}/counter/`);
    assert.equal(answer.status(), 403);
    assert.match(await page.title(), word);
    assert.match(await page.locator('h1').textContent(), word);
    await page.getByText(/^SK-\d{4}$/).first().waitFor();
    await page.locator('section[lang=en] h2').waitFor();
    assert.deepEqual(await barriersOf(page), []);
    await picture(page, `refused-${party.replace(':', '-')}`);
    assert.equal(await page.locator('#main').count(), 0);
  });
}

sentence('both languages are there, and the address keeps the chosen one', { language: 'en' }, async (page) => {
  const language = () => page.locator('html').getAttribute('lang');
  assert.equal(await language(), 'en');
  assert.match(await page.title(), /Sekisho counter/);
  await page.locator('#language').click();
  assert.equal(await language(), 'ja');
  assert.ok(!page.url().includes('lang='));
  await page.locator('#language').click();
  await page.reload();
  await page.locator('#main h1').waitFor();
  assert.equal(await language(), 'en');
});

sentence('each screen says what to do first while there is nobody', {}, async (page) => {
  await page.getByText('カード読み取りソフトにつながりません。').waitFor();
  await examine(page, 'person-by-card-without-agent');
  for (const screen of ['information', 'consent']) {
    await page.locator(`a[href="#/${screen}"]`).click();
    await page.getByText('先にご本人を確認してください').waitFor();
    await examine(page, `${screen}-nobody`);
  }
});

sentence('the policy stops what is not of this page', {}, async (page, { faults, requests }) => {
  await page.evaluate(async () => {
    await fetch('https://127.0.0.1:1/').catch(() => {});
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    const picture = document.createElement('img');
    picture.src = 'https://127.0.0.1:1/';
    document.body.append(script, picture);
  });
  assert.notEqual(await page.title(), 'run');
  for (const directive of ['connect-src', 'script-src', 'img-src'])
    assert.ok(faults.some((fault) => fault.includes(directive)), `${directive} of ${faults}`);
  faults.length = 0; // they were asked for
  requests.length = 0;
});
