// What is asked of every screen in every state, in both languages: axe finds nothing against WCAG 2.2 AA, nothing has to be
// scrolled sideways at 320 px or at 200 %, and a picture of it stays in the build folder for people to look at.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tools } from './browser.mjs';

const kPictures = process.env.COUNTER_PICTURES;
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const { source } = tools('axe-core');

export async function barriersOf(page) {
  await page.evaluate(source);
  const found = await page.evaluate((rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), kRules);
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
  );
}

// What stands out to the right, by name; what scrolls within itself does not count.
async function sidewaysOf(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > width + 0.5 && !element.closest('.wide'),
    );
    return [`${document.documentElement.scrollWidth} of ${width} px`, ...out.map((one) => one.outerHTML.slice(0, 160))];
  });
}

async function inWindow(page, { width, height }, look) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height });
  await look();
  await page.setViewportSize(before);
}

export async function picture(page, name, fullPage = true) {
  mkdirSync(kPictures, { recursive: true });
  await page.screenshot({ path: join(kPictures, `${name}.png`), fullPage });
}

export async function examine(page, name) {
  const said = [];
  const note = (where, list) => said.push(...list.map((line) => `${name} ${where}: ${line}`));
  // Where the page is left, it has the language it had.
  for (let turn = 0; turn < 2; turn += 1) {
    await page.evaluate(() => document.activeElement.blur());
    const language = await page.evaluate(() => document.documentElement.lang);
    note(language, await barriersOf(page));
    await picture(page, `${name}.${language}`);
    await inWindow(page, { width: 320, height: 640 }, async () => {
      note(`${language} at 320 px`, await sidewaysOf(page));
      await picture(page, `${name}.${language}.narrow`);
    });
    // A browser's own zoom halves the window; text alone may be doubled too.
    await inWindow(page, { width: 640, height: 450 }, async () => note(`${language} at 200 %`, await sidewaysOf(page)));
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    note(`${language} with text at 200 %`, await sidewaysOf(page));
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.locator('#language').click();
    await page.waitForFunction((other) => document.documentElement.lang !== other, language);
  }
  assert.deepEqual(said, []);
}
