// What somebody at the desk does, by what stands on the page.
import assert from 'node:assert/strict';

export const kPerson = '0000000001'; // comprehensive consent; かけはし, あさひ and 架空中央病院 are registered
export const kTakenBack = '0000000003'; // the insurer asked; the consent was given and taken back within the day
export const kNotAsked = 'H000000004'; // nobody asked for a consent, nobody is registered

export async function go(page, screen) {
  await page.locator(`a[href="#/${screen}"]`).click();
  await page.waitForFunction((name) => location.hash === `#/${name}`, screen);
}

export async function sayWhoLooks(page, role = 'care-manager') {
  await page.locator('#field-actor').fill('s-0123');
  await page.locator('#field-role').selectOption(role);
}

export async function typePerson(page, insured, insurer = '139980') {
  await page.locator('#field-insurer').fill(insurer);
  await page.locator('#field-insured').fill(insured);
}

// By way of a registration that there is.
export async function openRegistered(page, insured = kPerson, role = 'care-manager') {
  await sayWhoLooks(page, role);
  await page.getByLabel(/すでに登録済みの方を開く|Open a person registered before/).check();
  await typePerson(page, insured);
  await page.locator('#admit').click();
  await page.locator('#result').waitFor();
}

export async function registerByPaper(page, insured, role = 'care-manager') {
  await sayWhoLooks(page, role);
  await page.getByLabel('書類（資格確認書など）').check();
  await page.getByLabel('介護保険被保険者証').check();
  await typePerson(page, insured);
  await page.locator('#admit').click();
  await page.locator('#result').waitFor();
}

// The code that a refusal shows, from its list or itself.
export async function codesOf(page) {
  const texts = await page.locator('.code').allTextContents();
  return texts.flatMap((text) => text.match(/SK-\d{4}/) ?? []);
}

export async function focusedId(page) {
  return page.evaluate(() => document.activeElement?.id ?? '');
}

// By the Tab key alone; each place that is met shows where the focus is.
export async function tabTo(page, selector, key = 'Tab') {
  for (let steps = 0; steps < 400; steps += 1) {
    await page.keyboard.press(key);
    const [there, seen] = await page.evaluate((wanted) => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const shown = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      return [element.matches(wanted), element === document.body || shown ? '' : element.outerHTML.slice(0, 200)];
    }, selector);
    assert.equal(seen, '', 'a focus that is not seen');
    if (there) return;
  }
  assert.fail(`the Tab key does not reach ${selector}`);
}
