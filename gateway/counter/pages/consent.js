// Screen: consent (包括同意). The text that people are shown, what they say to it, what they said before, withdrawal.
import { showInstant } from './calendar.js';
import { consentErrors, consentNote, inOrder, kExplanation, kKinds, kOccasions, kindStates } from './consent_note.js';
import { button, download, el, table } from './dom.js';
import { choices, errorSummary } from './fields.js';
import { codeText, labelOf, partyText } from './labels.js';
import { nobodyScreen, representativeFields } from './person.js';
import { noticeView, problemView } from './problem_view.js';
import { own } from './problem.js';
import { attempt, formElement, submitButton, sure } from './sending.js';
import { formOf } from './session.js';
import { language, t } from './text.js';

// --- the explanation

async function fetchExplanation(desk, shown) {
  const wanted = language();
  shown[wanted] = { busy: true };
  try {
    const response = await fetch(`/counter/explanation/${kExplanation}.${wanted}.txt`, { cache: 'no-store' });
    shown[wanted] = response.ok
      ? { text: await response.text() }
      : { problem: own('unreadable', { status: response.status }) };
  } catch {
    shown[wanted] = { problem: own('network') };
  }
  desk.refresh();
}

// A text of paragraphs, divided by empty lines; a first line that begins with `# ` is the heading of its paragraph.
export function paragraphs(text) {
  return text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [first, ...rest] = part.split('\n');
      return first.startsWith('# ') ? { heading: first.slice(2), text: rest.join('\n') } : { heading: '', text: part };
    });
}

function explanationView(desk, shown) {
  const held = shown[language()];
  if (!held) fetchExplanation(desk, shown);
  return el(
    'section',
    { 'aria-labelledby': 'explanation-title', class: 'sheet' },
    el('h2', { id: 'explanation-title' }, t('consent.explanation')),
    held?.problem &&
      problemView(held.problem, {
        again: button(t('again'), () => fetchExplanation(desk, shown), { kind: 'secondary', id: 'explanation-again' }),
      }),
    held?.text &&
      paragraphs(held.text).map(({ heading, text }) => [
        heading !== '' && el('h3', {}, heading),
        text !== '' && el('p', { class: 'lines' }, text),
      ]),
    el('p', { class: 'hint' }, t('consent.version', { version: kExplanation })),
  );
}

// --- taking it

function submit(desk, form) {
  const { session, api } = desk;
  return attempt(desk, form, {
    check: () => consentErrors(form.values, session.staff),
    send: () => {
      form.given_at ??= api.time();
      return api.consent(consentNote(form.values, session.staff, session.person, form.given_at), form.key);
    },
    done: (recorded) => {
      delete session.forms.consent;
      formOf(session, 'consent', kEmpty()).done = recorded;
      session.answers = {};
    },
  });
}

// What the person wants is said by nobody beforehand.
const kEmpty = () => ({ scope: '', occasion: 'on-behalf', refused: [], represented: 'no', explained: '' });

function doneView({ id, receipt }) {
  return noticeView(
    'good',
    t('consent.done'),
    el('p', {}, t('consent.done.text')),
    el(
      'div',
      { class: 'actions' },
      button(t('receipt.save'), () => download(`receipt-${id}.jws`, receipt), {
        kind: 'secondary',
        id: 'save-receipt',
      }),
    ),
  );
}

function formView(desk, form) {
  return formElement(
    {},
    () => submit(desk, form),
    el('h2', {}, t('consent.take')),
    choices(form, {
      name: 'explained',
      label: t('consent.explained'),
      required: true,
      options: [
        ['yes', t('consent.explained.yes')],
        ['no', t('consent.explained.no')],
      ],
    }),
    choices(form, {
      name: 'scope',
      label: t('consent.scope'),
      required: true,
      onchange: desk.refresh,
      options: [
        ['all', t('consent.scope.all')],
        ['none', t('consent.scope.none')],
      ],
    }),
    form.values.scope === 'all' &&
      choices(form, {
        name: 'refused',
        label: t('consent.refused'),
        many: true,
        hint: t('consent.refused.hint'),
        options: kKinds.map((kind) => [kind, t(`kind.${kind}`)]),
      }),
    choices(form, {
      name: 'occasion',
      label: t('field.occasion'),
      required: true,
      options: kOccasions.map((occasion) => [occasion, t(`code.occasion.${occasion}`)]),
    }),
    representativeFields(form, desk),
    submitButton(form, 'give', t('consent.go')),
  );
}

// --- what there is

async function fetchConsents(desk, person) {
  const { session } = desk;
  const held = { busy: true };
  session.answers.consents = held;
  const answer = await desk.api.consents({ ...person, ...session.staff });
  Object.assign(
    held,
    { busy: false },
    answer.ok ? { rows: inOrder(answer.body.consents) } : { problem: answer.problem },
  );
  desk.refresh();
}

async function withdraw(desk, consent) {
  const yes = await sure('consent.withdraw');
  if (!yes) return;
  const answer = await desk.api.withdraw(consent.id);
  const form = formOf(desk.session, 'consent', kEmpty());
  form.problem = answer.ok ? null : answer.problem;
  form.done = null;
  form.withdrawn = answer.ok ? answer.body : null;
  if (answer.ok) desk.session.answers = {};
  desk.refresh();
  desk.focus(answer.ok ? 'result' : 'problem');
}

function consentView(desk, consent) {
  const { representative: by } = consent;
  return el(
    'li',
    { class: 'sheet' },
    table({
      caption: t('consent.of', { at: showInstant(consent.given_at, language()) }),
      heads: [t('consent.kind'), t('consent.state')],
      headed: true,
      rows: kindStates(consent).map(({ kind, state }) => [
        t(`kind.${kind}`),
        el('span', { class: `state ${state}` }, t(`state.${state}`)),
      ]),
    }),
    el(
      'p',
      { class: 'hint' },
      [
        consent.occasion && `${labelOf('occasion')}: ${codeText('occasion', consent.occasion)}`,
        consent.explanation && t('consent.version', { version: consent.explanation }),
        consent.taker && `${t('field.taker')}: ${partyText(consent.taker)}`,
        by && `${t('field.represented')}: ${by.relation} (${by.basis})`,
        consent.withdrawn_at && t('consent.withdrawn.at', { at: showInstant(consent.withdrawn_at, language()) }),
      ]
        .filter(Boolean)
        .join(' / '),
    ),
    !consent.withdrawn_at &&
      el(
        'div',
        { class: 'actions' },
        button(t('consent.withdraw'), () => withdraw(desk, consent), { kind: 'danger', id: `withdraw-${consent.id}` }),
      ),
  );
}

function listView(desk) {
  const { session } = desk;
  if (!session.answers.consents) fetchConsents(desk, session.person);
  const held = session.answers.consents;
  return el(
    'section',
    { 'aria-labelledby': 'list-title' },
    el('h2', { id: 'list-title' }, t('consent.list')),
    held.busy && el('p', { role: 'status' }, t('busy')),
    held.problem &&
      problemView(held.problem, {
        id: 'list-problem',
        again: button(
          t('again'),
          () => {
            session.answers.consents = undefined;
            desk.refresh();
          },
          { kind: 'secondary', id: 'list-again' },
        ),
      }),
    held.rows?.length === 0 && el('p', {}, t('consent.none')),
    held.rows &&
      el(
        'ul',
        { class: 'plain-list' },
        held.rows.map((consent) => consentView(desk, consent)),
      ),
  );
}

export function consentScreen(desk) {
  const { session } = desk;
  if (!session.person) return nobodyScreen(desk, t('consent.title'));
  const form = formOf(session, 'consent', kEmpty());
  session.explanation ??= {};
  return el(
    'div',
    {},
    el('h1', {}, t('consent.title')),
    errorSummary(form),
    form.problem && problemView(form.problem),
    form.done && doneView(form.done),
    form.withdrawn && noticeView('good', t('consent.withdrawn'), el('p', {}, t('consent.withdrawn.text'))),
    listView(desk),
    explanationView(desk, session.explanation),
    formView(desk, form),
  );
}
