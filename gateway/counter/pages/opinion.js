// Screen: the attending physician's opinion (主治医意見書), by form or by file; drafts; what became of what was sent.
import { personErrors, personOf } from './admission.js';
import { showInstant, timeInJapan } from './calendar.js';
import { button, download, el, table } from './dom.js';
import { isSettled, pauseMs, stepsOf } from './fate.js';
import { box, choices, errorSummary, field, group, idOf } from './fields.js';
import { opinionWord, partyText } from './labels.js';
import { opinionDocument, readOpinionFile } from './opinion_document.js';
import { conditionOf, labelOfQuestion, opinionErrors } from './opinion_errors.js';
import { answersOf, kForm, wordsOf } from './opinion_form.js';
import { numberFields } from './person.js';
import { noticeView, problemView } from './problem_view.js';
import { messageHeaders } from './question.js';
import { attempt, formElement, submitButton, sure } from './sending.js';
import { formOf } from './session.js';
import { language, t } from './text.js';

const kSaveAfterMs = 800;
const kFileBytesMax = 32 * 1024 * 1024;

const freshId = () => `opinion.${crypto.randomUUID()}`;

function stateOf(desk) {
  const { session } = desk;
  session.sent ??= [];
  const form = formOf(session, 'opinion', { how: 'form', ...session.person });
  if (!form.id) {
    form.id = freshId();
    form.changed = () => saveLater(desk, form);
    form.leaving = () => saveNow(desk, form);
  }
  return form;
}

function startAnew(desk, draft) {
  const { session } = desk;
  if (session.forms.opinion) stopSaving(session.forms.opinion);
  delete session.forms.opinion;
  const form = stateOf(desk);
  if (draft) {
    form.id = draft.id;
    form.at = draft.at;
    form.values = { ...draft.values, how: 'form' };
  }
  return form;
}

// --- drafts

async function save(desk, form) {
  const { how, ...values } = form.values;
  const saved = await desk.drafts.save({ id: form.id, saved: desk.api.time(), values, at: form.at });
  form.saved = saved.ok ? desk.api.time() : null;
  form.unsaved = !saved.ok;
}

function stopSaving(form) {
  clearTimeout(form.timer);
  form.timer = null;
}

function saveLater(desk, form) {
  form.done = null;
  form.at = undefined; // another text is written at another time
  stopSaving(form);
  if (form.values.how !== 'form') return;
  form.timer = setTimeout(() => saveNow(desk, form), kSaveAfterMs);
}

// When its time has come, or when the page goes.
async function saveNow(desk, form) {
  if (!form.timer) return;
  stopSaving(form);
  await save(desk, form);
  const mark = document.getElementById('draft-state');
  if (mark) mark.textContent = draftWords(form);
}

function draftWords(form) {
  if (form.unsaved) return t('draft.impossible');
  return form.saved ? t('draft.saved', { at: showInstant(form.saved, language()) }) : t('draft.will');
}

async function loadDrafts(desk) {
  const { session } = desk;
  session.drafts = { rows: [] };
  const found = await desk.drafts.all();
  session.drafts = { rows: found.value.sort((a, b) => (a.saved < b.saved ? 1 : -1)) };
  if (found.value.length > 0) desk.refresh();
}

async function removeDrafts(desk, id) {
  const yes = await sure(id ? 'draft.delete' : 'draft.delete.all');
  if (!yes) return;
  await (id ? desk.drafts.remove(id) : desk.drafts.clear());
  desk.announce(t('draft.deleted'));
  desk.session.drafts = null;
  desk.refresh();
  desk.focus('main');
}

function draftsView(desk, form) {
  if (!desk.session.drafts) loadDrafts(desk);
  const rows = (desk.session.drafts?.rows ?? []).filter((draft) => draft.id !== form.id);
  if (rows.length === 0) return null;
  const open = (draft) => () => {
    startAnew(desk, draft);
    desk.refresh();
    desk.focus('opinion-form');
  };
  return el(
    'section',
    { 'aria-labelledby': 'drafts-title' },
    el('h2', { id: 'drafts-title' }, t('draft.title')),
    el('p', {}, t('draft.where')),
    table({
      caption: t('draft.title'),
      quiet: true,
      heads: [t('draft.saved.head'), t('opinion.request_number'), t('draft.do')],
      rows: rows.map((draft, i) => [
        showInstant(draft.saved, language()),
        draft.values.request_number || t('value.none'),
        el(
          'div',
          { class: 'actions' },
          button(t('draft.open'), open(draft), { kind: 'secondary small', id: `draft-open-${i}` }),
          button(t('draft.delete'), () => removeDrafts(desk, draft.id), {
            kind: 'danger small',
            id: `draft-delete-${i}`,
          }),
        ),
      ]),
    }),
    button(t('draft.delete.all'), () => removeDrafts(desk), { kind: 'danger small', id: 'drafts-clear' }),
  );
}

// --- sending

async function documentOf(desk, form) {
  if (form.values.how === 'file') {
    const { file } = form;
    if (!file) return { errors: { file: t('error.file.none') } };
    if (file.size > kFileBytesMax) return { errors: { file: t('error.file.size') } };
    const bytes = new Uint8Array(await file.arrayBuffer());
    const read = readOpinionFile(bytes);
    return read.error ? { errors: { file: read.error } } : { bytes, person: read.person };
  }
  const errors = { ...personErrors(form.values), ...opinionErrors(form.values) };
  if (Object.keys(errors).length > 0) return { errors };
  const person = personOf(form.values);
  // Kept with the draft: what is sent again after a lost answer is the same, byte for byte.
  form.at ??= timeInJapan(desk.api.time());
  stopSaving(form);
  await save(desk, form);
  return { person, bytes: opinionDocument(form.values, { person, office: desk.session.office, at: form.at }) };
}

async function submit(desk, form) {
  let document = {};
  await attempt(desk, form, {
    check: async () => {
      document = await documentOf(desk, form);
      return document.errors ?? {};
    },
    send: () => desk.api.send(headersOf(desk, form, document.person), document.bytes),
    done: async ({ id, receipt, ...fate }) => {
      stopSaving(form);
      await desk.drafts.remove(form.id);
      const sent = { id, receipt, state: 'accepted', steps: stepsOf(fate), looks: 0 };
      desk.session.sent.unshift(sent);
      desk.session.drafts = null;
      startAnew(desk).done = sent;
      follow(desk, sent);
    },
  });
}

function headersOf(desk, form, person) {
  return messageHeaders({
    type: 'certification.opinion',
    format: 'ikensho-csv:1.1',
    mediaType: 'text/csv; charset=Shift_JIS',
    person,
    office: desk.session.office,
    staff: desk.session.staff,
    id: form.id,
    time: desk.api.time(),
    purpose: 'certification',
  });
}

// Looks again until nothing can change any more; not while nobody looks at the page.
function follow(desk, sent, wait = 0) {
  clearTimeout(sent.timer);
  sent.timer = setTimeout(
    async () => {
      if (document.hidden) return follow(desk, sent, wait);
      const answer = await desk.api.fate(sent.id);
      sent.looks += 1;
      sent.problem = answer.ok ? null : answer.problem;
      const before = sent.state;
      if (answer.ok) {
        sent.state = answer.body.state;
        sent.steps = stepsOf(answer.body);
      }
      if (location.hash === '#/opinion') {
        document.getElementById('sent')?.replaceWith(sentView(desk) ?? '');
        if (before !== sent.state) desk.announce(t('sent.changed', { state: t(`fate.${sent.state}`) }));
      }
      if (!answer.ok || !isSettled(sent.state)) follow(desk, sent, answer.wait ?? 0);
    },
    pauseMs(sent.looks, wait),
  );
}

function sentView(desk) {
  const { sent } = desk.session;
  if (sent.length === 0) return null;
  return el(
    'section',
    { id: 'sent', 'aria-labelledby': 'sent-title' },
    el('h2', { id: 'sent-title' }, t('sent.title')),
    sent.map((one) =>
      el(
        'article',
        { class: 'sheet' },
        el('h3', {}, t(`fate.${one.state}`)),
        el('p', { class: 'long' }, one.id),
        one.problem && el('p', { class: 'error' }, `${one.problem.title} ${t('sent.again')}`),
        table({
          caption: t('sent.where'),
          heads: [t('sent.to'), t('sent.state'), t('sent.at')],
          rows: one.steps.map((step) => [
            partyText(step.recipient),
            [t(`fate.${step.state}`), step.detail && ` (${step.detail})`],
            step.at ? showInstant(step.at, language()) : t('value.none'),
          ]),
        }),
        button(t('receipt.save'), () => download(`receipt-${one.id}.jws`, one.receipt), {
          kind: 'secondary small',
          'aria-label': `${t('receipt.save')} ${one.id}`,
        }),
      ),
    ),
  );
}

// --- the form

const kKinds = { day: 'date', lines: 'lines' };
const kAttributes = {
  measure: { inputmode: 'decimal', size: 8 },
  postal: { inputmode: 'numeric', size: 12 },
  phone: { inputmode: 'tel', size: 20 },
};

function questionView(form, question) {
  const { name, kind, codes, bits, mark, required, with: condition } = question;
  const row = {
    name,
    label: labelOfQuestion(question),
    required: required && !condition,
    hint: condition && t(required ? 'opinion.with.required' : 'opinion.with', conditionOf(question)),
    options: answersOf(question).map((value) => [value, opinionWord(wordsOf(question), value)]),
  };
  if (mark) return box(form, row);
  if (bits) return choices(form, { ...row, many: true });
  if (codes && row.options.length > 4) return field(form, { ...row, kind: 'select' });
  if (codes) return choices(form, row);
  return field(form, { ...row, options: undefined, kind: kKinds[kind] ?? 'text', attributes: kAttributes[kind] });
}

function questionsView(form, section, { group: name, fields }) {
  const questions = el(
    'div',
    { class: fields.length > 1 ? 'row' : '' },
    fields.map((question) => questionView(form, question)),
  );
  return name ? group(t(`opinion.group.${section}.${name}`), questions) : questions;
}

function formView(form) {
  return [
    el('section', {}, el('h3', {}, t('opinion.section.person')), numberFields(form)),
    kForm.map(({ section, groups }) =>
      el(
        'section',
        {},
        el('h3', {}, t(`opinion.section.${section}`)),
        groups.map((one) => questionsView(form, section, one)),
      ),
    ),
    el('p', { class: 'hint', id: 'draft-state' }, draftWords(form)),
  ];
}

function fileView(desk, form) {
  const choose = (event) => {
    form.file = event.target.files[0] ?? null;
    form.id = freshId();
    form.errors = {};
    desk.refresh();
  };
  return el(
    'div',
    { class: form.errors.file ? 'field wrong' : 'field' },
    el('label', { for: idOf('file') }, t('opinion.file'), el('span', { class: 'mark required' }, t('mark.required'))),
    el('p', { class: 'hint', id: 'file-hint' }, t('opinion.file.hint')),
    form.errors.file && el('p', { class: 'error', id: 'file-error' }, `${t('error.mark')} ${form.errors.file}`),
    el('input', {
      type: 'file',
      class: 'unseen',
      id: idOf('file'),
      accept: '.csv,text/csv',
      onchange: choose,
      'aria-invalid': form.errors.file ? 'true' : null,
      'aria-describedby': ['file-hint', form.errors.file && 'file-error', 'file-chosen'].filter(Boolean).join(' '),
    }),
    // The browser's own button speaks the browser's language, and forgets the file when the page is drawn anew.
    el(
      'div',
      { class: 'actions' },
      el('label', { for: idOf('file'), class: 'button secondary' }, t('opinion.file.choose')),
      el(
        'p',
        { id: 'file-chosen' },
        form.file ? t('opinion.file.chosen', { name: form.file.name, size: form.file.size }) : t('opinion.file.none'),
      ),
    ),
  );
}

export function opinionScreen(desk) {
  const form = stateOf(desk);
  return el(
    'div',
    {},
    el('h1', {}, t('opinion.title')),
    el('p', { class: 'lead' }, t('opinion.lead')),
    errorSummary(form),
    form.problem && problemView(form.problem, { again: form.problem.name === 'unreadable' && el('p', {}, t('opinion.kept')) }),
    form.done && noticeView('good', t('opinion.done'), el('p', {}, t('opinion.done.text'))),
    sentView(desk),
    draftsView(desk, form),
    formElement(
      { id: 'opinion-form', tabindex: -1, 'aria-label': t('opinion.title') },
      () => submit(desk, form),
      el('h2', {}, t('opinion.write')),
      choices(form, {
        name: 'how',
        label: t('opinion.how'),
        required: true,
        onchange: desk.refresh,
        options: [
          ['form', t('opinion.how.form')],
          ['file', t('opinion.how.file')],
        ],
      }),
      form.values.how === 'file' ? fileView(desk, form) : formView(form),
      submitButton(form, 'send', t('opinion.send')),
    ),
  );
}
