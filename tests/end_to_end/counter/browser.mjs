// Chromium as a staff member has it before him: a new home, the office's certificate in the store, the authority of the
// gateway's own certificate trusted. Which certificate is shown is the machine's policy (counter_test.cpp sets it).
//
// What is told of every page: its faults (errors of the console, of scripts, of the policy in the headers), and where its
// requests went. A page without a fault leaves both empty (`faultsOf`).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';

export const kGateway = process.env.COUNTER_GATEWAY;
export const kDemo = process.env.COUNTER_DEMO;
export const kAgent = 'https://127.0.0.1:8449';
export const tools = createRequire(join(process.env.COUNTER_TOOLS, 'package.json'));
const { chromium } = tools('playwright-core');

export const kOffice = 'care-manager:1379900010'; // 居宅介護支援事業所 かけはし
export const kHospital = 'medical:1319900013'; // 架空中央病院
export const kTimeoutMs = 300000;
const kPassword = 'counter';

export const pki = (name) => join(kDemo, 'pki', name);
const fileOf = (party) => pki(party.replaceAll(':', '-'));

// Servers' own certificates that the browsers launched from now on trust.
const trusted = [];
export const trust = (file) => trusted.push(file);

// A certificate store as Chromium reads it, with the party's key where there is one.
function makeStore(home, party) {
  const store = join(home, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  const run = (program, ...words) => execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  run('certutil', '-N', '-d', `sql:${store}`, '--empty-password');
  run('certutil', '-A', '-d', `sql:${store}`, '-n', 'gateway', '-t', 'C,,', '-i', pki('server-ca.pem'));
  trusted.forEach((file, i) => run('certutil', '-A', '-d', `sql:${store}`, '-n', `own-${i}`, '-t', 'P,,', '-i', file));
  if (!party) return;
  const parcel = join(home, 'client.p12');
  const [certificate, key] = [`${fileOf(party)}.pem`, `${fileOf(party)}.key`];
  run('openssl', 'pkcs12', '-export', '-in', certificate, '-inkey', key, '-out', parcel, '-passout', `pass:${kPassword}`);
  run('pk12util', '-i', parcel, '-d', `sql:${store}`, '-W', kPassword);
}

// What the browser itself says of an answer that is a refusal, or of an agent that is not there, is the page's to show.
function isAnswered(message) {
  const { url } = message.location();
  return message.text().startsWith('Failed to load resource') && /^https:\/\/[^/]*(\/v1\/|:8449\/)/.test(url);
}

async function launch(party) {
  const home = mkdtempSync(join(kDemo, 'home-'));
  makeStore(home, party);
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    executablePath: '/usr/bin/chromium',
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_CACHE_HOME: join(home, 'cache') },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
  });
  context.setDefaultTimeout(60000);
  return context;
}

// One browser for each party of a file of tests, one page for each sentence.
const browsers = new Map();
after(async () => {
  for (const browser of browsers.values()) await (await browser).close();
});

export async function openPage(party = kOffice) {
  if (!browsers.has(party)) browsers.set(party, launch(party));
  const page = await (await browsers.get(party)).newPage();
  await page.setViewportSize({ width: 1280, height: 900 });
  const faults = [];
  const requests = [];
  const waiting = new Set();
  page.on('request', (request) => requests.push(request.url()) && waiting.add(request));
  page.on('requestfinished', (request) => waiting.delete(request));
  page.on('requestfailed', (request) => waiting.delete(request));
  page.on('pageerror', (error) => faults.push(`script: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isAnswered(message)) faults.push(`console: ${message.text()}`);
  });
  return { page, faults, requests, waiting };
}

// All that a page did wrong so far, in words; the console tells of the policy too.
export function faultsOf({ faults, requests }) {
  const own = (url) => url.startsWith(`${kGateway}/`) || url.startsWith(`${kAgent}/`) || /^(blob|data|about):/.test(url);
  return [...faults, ...requests.filter((url) => !own(url)).map((url) => `a request to ${url}`)];
}

// A test in a page of its own, which must end without a fault. `steps` gets the page, at the counter.
export function sentence(words, { party = kOffice, language = 'ja' }, steps) {
  test(words, { timeout: kTimeoutMs }, async () => {
    const opened = await openPage(party);
    try {
      await opened.page.goto(`${kGateway}/counter/${language === 'en' ? '?lang=en' : ''}`);
      await opened.page.locator('#main h1').waitFor();
      await steps(opened.page, opened);
      assert.deepEqual(faultsOf(opened), []);
    } catch (error) {
      const unanswered = [...opened.waiting].map((request) => request.url());
      error.message += `\nfaults: ${faultsOf(opened).join('\n')}\nunanswered: ${unanswered.join(' ')}`;
      throw error;
    } finally {
      await opened.page.close();
    }
  });
}
