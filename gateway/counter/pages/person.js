// Screen: who is before the desk. By card, by paper, or registered before; then the registration as responsible office.
import { admissionErrors, cardEvidence, kPapers, paperEvidence, personOf, registrationInForce } from './admission.js';
import { button, download, el, pairs } from './dom.js';
import { choices, errorSummary, field } from './fields.js';
import { showInsured } from './labels.js';
import { noticeView, problemView } from './problem_view.js';
import { own } from './problem.js';
import { kRoles } from './question.js';
import { attempt, formElement, submitButton, sure } from './sending.js';
import { formOf } from './session.js';
import { t } from './text.js';

function staffFields(form) {
  return el(
    'section',
    { 'aria-labelledby': 'staff-title' },
    el('h2', { id: 'staff-title' }, t('staff.title')),
    el('p', {}, t('staff.why')),
    el(
      'div',
      { class: 'row' },
      field(form, { name: 'actor', label: t('field.actor'), hint: t('hint.actor'), required: true }),
      field(form, {
        name: 'role',
        label: t('field.role'),
        kind: 'select',
        required: true,
        options: kRoles.map((role) => [role, t(`code.role.${role}`)]),
      }),
    ),
  );
}

export function numberFields(form) {
  return el(
    'div',
    { class: 'row' },
    field(form, {
      name: 'insurer',
      label: t('field.insurer'),
      hint: t('hint.insurer'),
      required: true,
      attributes: { inputmode: 'numeric', size: 16 },
    }),
    field(form, {
      name: 'insured',
      label: t('field.insured'),
      hint: t('hint.insured'),
      required: true,
      attributes: { size: 24 },
    }),
  );
}

export function representativeFields(form, desk) {
  return [
    choices(form, {
      name: 'represented',
      label: t('field.represented'),
      required: true,
      options: [
        ['no', t('represented.no')],
        ['yes', t('represented.yes')],
      ],
      onchange: desk.refresh,
    }),
    form.values.represented === 'yes' &&
      el(
        'div',
        { class: 'row' },
        field(form, { name: 'relation', label: t('field.relation'), hint: t('hint.relation'), required: true }),
        field(form, { name: 'basis', label: t('field.basis'), hint: t('hint.basis'), required: true }),
      ),
  ];
}

// --- the card agent

async function lookAtReader(desk, form) {
  form.reader = { state: 'asking' };
  const answer = await desk.agent.status();
  form.reader = answer.ok
    ? { state: answer.body.paired ? answer.body.reader : 'unpaired' }
    : { state: 'away' };
  desk.refresh();
}

async function pair(desk, form) {
  const answer = await desk.agent.pair((form.values.pairing ?? '').normalize('NFKC').trim());
  form.errors = answer.ok ? {} : { pairing: answer.problem.title };
  if (answer.ok) return lookAtReader(desk, form);
  desk.refresh();
  desk.focus('errors');
}

export function readerView(desk, form) {
  if (desk.agent && !form.reader) lookAtReader(desk, form);
  const { state = 'asking' } = form.reader ?? {};
  return el(
    'div',
    { class: `notice ${state === 'card' ? 'good' : 'plain'}`, role: 'status' },
    el('p', {}, el('strong', {}, t(`reader.${state}`)), ' ', t(`reader.${state}.next`)),
    state === 'unpaired' && [
      field(form, {
        name: 'pairing',
        label: t('field.pairing'),
        hint: t('hint.pairing'),
        required: true,
        attributes: { inputmode: 'numeric', size: 8 },
      }),
      button(t('reader.pair'), () => pair(desk, form), { kind: 'secondary', id: 'pair' }),
    ],
    state !== 'asking' &&
      state !== 'unpaired' &&
      button(t('reader.again'), () => lookAtReader(desk, form), { kind: 'secondary small', id: 'reader-again' }),
  );
}

// --- the admission

async function admitByCard(desk, form) {
  const challenge = await desk.api.challenge();
  if (!challenge.ok) return challenge;
  desk.announce(t('reader.pin'));
  const signed = await desk.agent.sign(challenge.body.challenge);
  if (!signed.ok) return signed;
  return desk.api.admit(cardEvidence(form.values, desk.session.staff, challenge.body.id, signed.body), form.key);
}

async function openRegistered(desk, form) {
  const person = personOf(form.values);
  const answer = await desk.api.registrations({ ...person, ...desk.session.staff });
  if (!answer.ok) return answer;
  const found = registrationInForce(answer.body.registrations, Date.parse(desk.api.time()));
  if (!found) return { ok: false, problem: own('unregistered') };
  return { ok: true, body: { ...person, registration: found.id, assurance: found.assurance } };
}

const kWays = {
  card: admitByCard,
  paper: (desk, form) => desk.api.admit(paperEvidence(form.values, desk.session.staff), form.key),
  known: openRegistered,
};

function submit(desk, form) {
  const { session } = desk;
  return attempt(desk, form, {
    check: () => admissionErrors(form.values, session.staff),
    send: async () => {
      const answer = await kWays[form.values.way](desk, form);
      form.reader = null; // a card may have been taken away
      return answer;
    },
    done: ({ insurer, insured, registration, assurance, status, receipt }) => {
      session.person = { insurer, insured };
      session.registration = { id: registration, assurance, status, receipt };
      delete session.forms.person;
    },
  });
}

// --- registered

async function endRegistration(desk) {
  const { registration } = desk.session;
  const yes = await sure('registration.end');
  if (!yes) return;
  const answer = await desk.api.endRegistration(registration.id);
  registration.problem = answer.ok ? null : answer.problem;
  if (answer.ok) registration.ended = true;
  desk.refresh();
  desk.focus(answer.ok ? 'result' : 'problem');
}

function registeredView(desk) {
  const { person, registration } = desk.session;
  if (registration.ended) return noticeView('good', t('registration.ended'), el('p', {}, t('registration.ended.text')));
  return [
    noticeView(
      'good',
      t('registration.done'),
      el(
        'p',
        {},
        t(`assurance.${registration.assurance}`),
        ' ',
        registration.status && t(`certificate.${registration.status}`),
      ),
    ),
    pairs([
      [t('field.insurer'), person.insurer],
      [t('field.insured'), showInsured(person.insured)],
      [t('field.registration'), el('span', { class: 'long' }, registration.id)],
    ]),
    registration.problem && problemView(registration.problem),
    el(
      'div',
      { class: 'actions' },
      button(t('menu.information'), () => desk.go('information'), { id: 'to-information' }),
      button(t('menu.consent'), () => desk.go('consent'), { kind: 'secondary', id: 'to-consent' }),
      registration.receipt &&
        button(t('receipt.save'), () => download(`receipt-${registration.id}.jws`, registration.receipt), {
          kind: 'secondary',
          id: 'save-receipt',
        }),
      button(t('registration.end'), () => endRegistration(desk), { kind: 'danger', id: 'end-registration' }),
    ),
  ];
}

function unregisteredView(desk) {
  const form = formOf(desk.session, 'person', { way: 'card', represented: 'no' });
  const { staff } = desk.session;
  const staffForm = { values: staff, errors: form.errors, changed: () => form.changed() };
  const ways = ['card', 'paper', 'known'].map((way) => [way, t(`way.${way}`)]);
  return formElement(
    {},
    () => submit(desk, form),
    errorSummary(form),
    form.problem && problemView(form.problem),
    staffFields(staffForm),
    el(
      'section',
      { 'aria-labelledby': 'way-title' },
      el('h2', { id: 'way-title' }, t('way.title')),
      choices(form, { name: 'way', label: t('way.label'), required: true, options: ways, onchange: desk.refresh }),
      form.values.way === 'card' && readerView(desk, form),
      form.values.way === 'paper' &&
        choices(form, {
          name: 'kind',
          label: t('field.kind'),
          required: true,
          options: kPapers.map((paper) => [paper, t(`paper.${paper}`)]),
        }),
      form.values.way !== 'card' && numberFields(form),
      form.values.way !== 'known' && representativeFields(form, desk),
    ),
    submitButton(form, 'admit', t(`way.${form.values.way}.go`)),
  );
}

export function personScreen(desk) {
  return el(
    'div',
    {},
    el('h1', {}, t('person.title')),
    el('p', { class: 'lead' }, t('person.lead')),
    desk.session.registration ? registeredView(desk) : unregisteredView(desk),
  );
}

// What a screen about a person shows before there is one.
export function nobodyScreen(desk, title) {
  return el(
    'div',
    {},
    el('h1', {}, title),
    el('p', {}, t('information.nobody')),
    el(
      'div',
      { class: 'actions' },
      button(t('menu.person'), () => desk.go('person'), { id: 'to-person' }),
    ),
  );
}
