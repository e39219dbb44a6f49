// Screen "opinion": the attending physician's opinion, written on the page or chosen as a file; drafts; what becomes of it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { opinionDocument } from '../../../gateway/counter/pages/opinion_document.js';
import { kDemo, kHospital, sentence } from './browser.mjs';
import { codesOf, focusedId, go, sayWhoLooks, tabTo, typePerson } from './desk.mjs';
import { examine } from './looks.mjs';

const party = kHospital;
const clinic = 'medical:1319900021'; // a browser of its own, where no draft rests

async function openOpinion(page) {
  await sayWhoLooks(page, 'physician');
  await go(page, 'opinion');
}

// Everything that must be said, in 見本村, whose own system collects at once.
async function writeOpinion(page, request, insurer = '139964') {
  await typePerson(page, '0000000005', insurer);
  const write = (name, text) => page.locator(`#field-${name}`).fill(text);
  const choose = (name, value) => page.locator(`input[name=${name}][value=${value}]`).check();
  await write('request_number', request);
  await write('written_on', '2026-11-18');
  await write('person_name', '架空 太郎');
  await write('doctor_name', '見本 花子');
  await write('hospital_name', '架空中央病院');
  await write('diagnosis_1', '脳梗塞後遺症');
  await write('course', '令和6年に発症し、右の手足に麻痺が残る。\nリハビリテーションを続けている。');
  await choose('agrees', 'yes');
  await choose('stability', 'stable');
  await page.locator('#field-bedridden').selectOption('J2');
  await page.locator('#field-dementia').selectOption('I');
  await choose('memory', 'fine');
  await choose('decision', 'independent');
  await choose('communication', 'able');
}

// What was written last is in the draft too: it is saved again a moment after each change.
async function keptWith(page, name, value) {
  await page.waitForFunction(
    async ([asked, answer]) => {
      const { createDrafts } = await import('/counter/drafts.js');
      const drafts = await createDrafts(() => indexedDB).all();
      return drafts.value.some(({ values }) => values[asked] === answer);
    },
    [name, value],
  );
}

// The same as a file of a vendor's software.
function opinionFile(name, { person = {}, ...changes }) {
  const values = {
    request_number: 'F-1',
    written_on: '2026-11-18',
    person_name: '架空 太郎',
    doctor_name: '見本 花子',
    hospital_name: '架空中央病院',
    agrees: 'yes',
    diagnosis_1: '脳梗塞後遺症',
    stability: 'stable',
    bedridden: 'J2',
    dementia: 'I',
    memory: 'fine',
    decision: 'independent',
    communication: 'able',
    ...changes,
  };
  const world = {
    person: { insurer: '139964', insured: '0000000005', ...person },
    office: { party },
    at: '2026-11-18T10:00:00',
  };
  const file = join(kDemo, name);
  writeFileSync(file, opinionDocument(values, world));
  return file;
}

const choose = async (page, file) => {
  await page.getByLabel('CSVファイルを選ぶ').check();
  await page.locator('#field-file').setInputFiles(file);
  await page.getByText('選んだファイル:').waitFor();
};

sentence('what is missing is told, and the keyboard gets to each field', { party }, async (page) => {
  await openOpinion(page);
  await examine(page, 'opinion-form');
  await page.locator('#send').click();
  await page.locator('#errors').waitFor();
  assert.equal(await focusedId(page), 'errors');
  await tabTo(page, '#errors a');
  await page.keyboard.press('Enter');
  assert.equal(await focusedId(page), 'field-insurer');
  await page.keyboard.type('139964');
  await tabTo(page, '#field-request_number');
  await tabTo(page, '#field-course');
  await tabTo(page, '#send');
  await examine(page, 'opinion-errors');
});

sentence('what was written in the moment before the page was closed is in the draft', { party: clinic }, async (page) => {
  await openOpinion(page);
  await page.locator('#field-request_number').fill('D-0');
  await page.getByText(/に下書きを保存しました/).waitFor();
  await page.locator('#field-request_number').fill('D-last');
  await page.reload();
  await go(page, 'opinion');
  await page.locator('#draft-open-0').click();
  assert.equal(await page.locator('#field-request_number').inputValue(), 'D-last');
  await page.reload();
  await go(page, 'opinion');
  await page.locator('#draft-delete-0').click();
  await page.getByRole('dialog').getByText('消す', { exact: true }).last().click();
  await page.locator('#draft-open-0').waitFor({ state: 'detached' });
});

sentence('a draft is kept on this machine, found again, and deleted when somebody says so', { party: clinic }, async (page) => {
  await openOpinion(page);
  await writeOpinion(page, 'D-1');
  await page.getByText(/に下書きを保存しました/).waitFor();
  await keptWith(page, 'communication', 'able');
  await page.reload();
  await go(page, 'opinion');
  await page.locator('#draft-open-0').waitFor();
  await examine(page, 'opinion-drafts');
  await page.locator('#draft-open-0').click();
  assert.equal(await page.locator('#field-request_number').inputValue(), 'D-1');
  assert.equal(await page.locator('#field-bedridden').inputValue(), 'J2');
  assert.equal(await page.locator('input[name=agrees][value=yes]').isChecked(), true);
  await page.reload();
  await go(page, 'opinion');
  await page.locator('#draft-delete-0').click();
  await page.getByRole('dialog').getByText('消す', { exact: true }).last().click();
  await page.locator('#draft-open-0').waitFor({ state: 'detached' });
  assert.equal(await focusedId(page), 'main');
  await page.reload();
  await go(page, 'opinion');
  await page.locator('#opinion-form').waitFor();
  assert.equal(await page.getByText('この端末の下書き').count(), 0);
});

sentence('an opinion is sent from the form and followed until it has arrived', { party: clinic }, async (page) => {
  await openOpinion(page);
  await writeOpinion(page, 'S-1');
  await page.locator('#send').click();
  await page.locator('#result').waitFor();
  assert.equal(await focusedId(page), 'result');
  await page.locator('#sent h3', { hasText: '届きました' }).waitFor();
  assert.equal(await page.locator('#sent tbody tr').count(), 2);
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('#sent').getByText('受領証を保存する').click(),
  ]);
  assert.match(readFileSync(await saved.path(), 'utf8'), /^[\w-]+\.[\w-]+\.[\w-]+$/);
  await examine(page, 'opinion-sent');
  await page.reload();
  await go(page, 'opinion');
  assert.equal(await page.getByText('この端末の下書き').count(), 0);
});

sentence('what was lost on the way is sent again as the same message', { party }, async (page) => {
  await openOpinion(page);
  await writeOpinion(page, 'L-1');
  const sent = [];
  await page.route('**/v1/messages', async (route) => {
    sent.push([route.request().headers()['ce-id'], route.request().postDataBuffer().toString('base64')]);
    // It arrives, and its answer is lost.
    if (sent.length === 1) await route.fetch({ failOnStatusCode: true }).catch(() => {});
    return sent.length === 1 ? route.abort() : route.continue();
  });
  await page.locator('#send').click();
  await page.locator('#problem', { hasText: 'ゲートウェイにつながりません' }).waitFor();
  await examine(page, 'opinion-network-lost');
  await page.locator('#send').click();
  await page.locator('#result').waitFor();
  assert.deepEqual(sent[0], sent[1]);
});

sentence('a file is sent as it is', { party }, async (page) => {
  await openOpinion(page);
  const file = opinionFile('opinion.csv', {});
  const bytes = readFileSync(file);
  await choose(page, file);
  await examine(page, 'opinion-file');
  const [asked] = await Promise.all([
    page.waitForRequest((one) => one.url().endsWith('/v1/messages')),
    page.locator('#send').click(),
  ]);
  assert.deepEqual(asked.postDataBuffer(), bytes);
  await page.locator('#sent h3', { hasText: '届きました' }).waitFor();
});

sentence('a file that is no opinion is refused by the page, a wrong one by the gateway with its place', { party }, async (page) => {
  await openOpinion(page);
  writeFileSync(join(kDemo, 'list.csv'), 'a,b,c\r\n');
  await choose(page, join(kDemo, 'list.csv'));
  await page.locator('#send').click();
  await page.locator('#file-error', { hasText: '意見書のCSVではありません' }).waitFor();
  await examine(page, 'opinion-file-none');
  await choose(page, opinionFile('wrong.csv', { written_on: '2026-13-41' }));
  await page.locator('#send').click();
  await page.locator('#problem').waitFor();
  assert.match(await page.locator('#problem').textContent(), /1行目/);
  assert.ok((await codesOf(page)).length > 0);
  await examine(page, 'opinion-file-wrong');
});
