// Screen "consent": the text that people are shown, what they say to it, and its withdrawal.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { kHospital, sentence } from './browser.mjs';
import { codesOf, focusedId, go, kNotAsked, kPerson, registerByPaper, tabTo } from './desk.mjs';
import { examine } from './looks.mjs';
import { platformHolds } from './peers.mjs';

before(() => platformHolds('certification.progress', kNotAsked, { state: 'reviewed', applied_on: '2026-11-02' }));

async function openConsent(page, insured, role) {
  await registerByPaper(page, insured, role);
  await go(page, 'consent');
  await page.locator('.sheet .lines').first().waitFor();
}

async function readCertification(page) {
  await go(page, 'information');
  await page.locator('#tab-certification').click();
  await page.locator('#ask').click();
  await page.locator('.actions .hint').waitFor();
}

sentence('the explanation is on the page, in the language of the page', {}, async (page) => {
  await openConsent(page, kNotAsked);
  assert.match(await page.locator('#main').textContent(), /何についての同意ですか/);
  await page.locator('#language').click();
  await page.getByText('What is this consent about?').waitFor();
});

sentence('a consent is recorded only after the explanation was shown', {}, async (page) => {
  await openConsent(page, kNotAsked);
  await page.locator('#give').click();
  await page.locator('#errors').waitFor();
  assert.equal(await focusedId(page), 'errors');
  assert.equal(await page.locator('[name=scope]:checked').count(), 0, 'a choice that nobody made');
  assert.match(await page.locator('#errors').textContent(), /同意の範囲を選んでください/);
  await examine(page, 'consent-errors');
  await page.getByLabel('同意する（包括同意）').check();
  await page.locator('#give').click();
  await page.waitForFunction(() => !document.querySelector('#errors').textContent.includes('同意の範囲'));
  assert.match(await page.locator('#errors').textContent(), /説明文をご本人に示してから/);
});

sentence('a recorded consent opens what it names at once, and its withdrawal closes it', {}, async (page) => {
  await openConsent(page, kNotAsked);
  await page.getByText('記録された同意はありません。').waitFor();
  await examine(page, 'consent-before');
  await page.getByLabel('示して、理解を確かめました').check();
  await page.getByLabel('同意する（包括同意）').check();
  await page.getByLabel('LIFEの情報').check();
  await page.locator('#give').click();
  await page.locator('#result').waitFor();
  assert.equal(await focusedId(page), 'result');
  await page.locator('.state.refused').waitFor();
  assert.equal(await page.locator('.state.given').count(), 4);
  await examine(page, 'consent-recorded');

  await readCertification(page);
  await page.getByText('審査会の審査が終わりました').first().waitFor();
  assert.deepEqual(await codesOf(page), []);

  await go(page, 'consent');
  await page.locator('[id^=withdraw-]').click();
  await page.getByRole('dialog').getByText('取りやめを記録する').click();
  await page.getByText('同意の取りやめを記録しました').waitFor();
  assert.equal(await focusedId(page), 'result');
  await page.locator('.state.withdrawn').first().waitFor();
  assert.equal(await page.locator('.state.given').count(), 0);
  await examine(page, 'consent-withdrawn');
  await readCertification(page);
  assert.ok((await codesOf(page)).length > 0);
});

sentence('an office that may not take a consent is told so', { party: kHospital }, async (page) => {
  await openConsent(page, kPerson, 'physician');
  await page.getByLabel('示して、理解を確かめました').check();
  await page.getByLabel('同意する（包括同意）').check();
  await page.locator('#give').click();
  await page.locator('#problem').waitFor();
  assert.equal(await focusedId(page), 'problem');
  assert.ok((await codesOf(page)).length > 0);
  await examine(page, 'consent-refused');
});

sentence('a refusal of everything is recorded by the keyboard alone', {}, async (page) => {
  await openConsent(page, kNotAsked);
  await tabTo(page, '[name=explained]');
  await page.keyboard.press('Space');
  await tabTo(page, '[name=scope]');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.value), 'none');
  await tabTo(page, '#give');
  await page.keyboard.press('Enter');
  await page.locator('#result').waitFor();
  await page.locator('.sheet', { has: page.locator('.state.refused') }).first().waitFor();
  assert.equal(await page.locator('.sheet').first().locator('.state.refused').count(), 5);
});
