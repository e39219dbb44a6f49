// The frame: head, menu, the screen that the address names, and what all screens are handed.
import { createAgent } from './agent.js';
import { createApi } from './api.js';
import { consentScreen } from './consent.js';
import { dayInJapan } from './calendar.js';
import { button, el } from './dom.js';
import { createDrafts } from './drafts.js';
import { informationScreen } from './information.js';
import { isForeign, showInsured } from './labels.js';
import { opinionScreen } from './opinion.js';
import { personScreen } from './person.js';
import { problemView } from './problem_view.js';
import { sure } from './sending.js';
import { createSession, nextPerson } from './session.js';
import { chooseLanguage, language, t } from './text.js';

const kScreens = {
  person: personScreen,
  information: informationScreen,
  consent: consentScreen,
  opinion: opinionScreen,
};

const session = createSession();
const call = (...args) => fetch(...args);
const desk = {
  session,
  api: createApi({ fetch: call }),
  agent: null,
  drafts: createDrafts(() => indexedDB),
  today: () => dayInJapan(desk.api.time()),
  refresh,
  go: (name) => {
    location.hash = `#/${name}`;
  },
  // For those who hear the page; a text twice in a row is heard twice.
  announce: (text) => {
    const status = document.getElementById('status');
    status.textContent = '';
    setTimeout(() => {
      status.textContent = text;
    }, 50);
  },
  focus: (id) => document.getElementById(id)?.focus(),
};

function screenName() {
  const name = location.hash.replace(/^#\//, '');
  return name in kScreens ? name : 'person';
}

async function leavePerson() {
  const yes = await sure('next');
  if (!yes) return;
  nextPerson(session);
  desk.go('person');
  refresh();
  desk.focus('main');
  desk.announce(t('next.done'));
}

function switchLanguage() {
  chooseLanguage(language() === 'ja' ? 'en' : 'ja');
  const address = new URL(location.href);
  if (language() === 'en') address.searchParams.set('lang', 'en');
  else address.searchParams.delete('lang');
  history.replaceState(null, '', address);
  refresh();
  desk.announce(t('language.now'));
}

function headView() {
  const other = language() === 'ja' ? 'en' : 'ja';
  return el(
    'div',
    { class: 'head' },
    el('p', { class: 'name' }, el('span', { class: 'mark-of-page', 'aria-hidden': 'true' }, '関'), t('app.name')),
    el(
      'p',
      { class: 'office', lang: isForeign(session.office.name) ? 'ja' : null },
      session.office.name || session.office.party,
    ),
    button(t('language.other'), switchLanguage, { kind: 'secondary small', id: 'language', lang: other }),
  );
}

function personBar() {
  if (!session.person) return el('p', { class: 'person none' }, t('person.nobody'));
  return el(
    'div',
    { class: 'person' },
    el(
      'p',
      {},
      el('span', { class: 'label' }, t('person.now')),
      el('span', { class: 'number' }, `${t('field.insurer')} ${session.person.insurer}`),
      el('span', { class: 'number' }, `${t('field.insured')} ${showInsured(session.person.insured)}`),
    ),
    button(t('next.person'), leavePerson, { kind: 'secondary small', id: 'next-person' }),
  );
}

function menuView() {
  return el(
    'ul',
    {},
    Object.keys(kScreens).map((name) =>
      el(
        'li',
        {},
        el('a', { href: `#/${name}`, 'aria-current': name === screenName() ? 'page' : null }, t(`menu.${name}`)),
      ),
    ),
  );
}

// Draws everything anew from what is known; who was somewhere stays there.
function refresh() {
  const before = document.activeElement?.id;
  const caret = document.activeElement?.type === 'text' ? document.activeElement.selectionStart : null;
  const name = screenName();
  document.documentElement.lang = language();
  document.title = `${t(`menu.${name}`)} - ${t('app.name')}`;
  const skip = document.getElementById('skip');
  skip.textContent = t('app.skip');
  document.getElementById('menu').setAttribute('aria-label', t('app.menu'));
  document.getElementById('top').replaceChildren(headView(), personBar());
  document.getElementById('menu').replaceChildren(menuView());
  document
    .getElementById('main')
    .replaceChildren(
      ...(desk.problem ? [problemView(desk.problem, { again: againButton() })] : []),
      kScreens[name](desk),
    );
  document.getElementById('bottom').replaceChildren(el('p', {}, t('app.recorded')));
  if (before) returnTo(before, caret);
}

function returnTo(id, caret) {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  if (caret !== null && element?.type === 'text') element.setSelectionRange(caret, caret);
}

function againButton() {
  return button(t('again'), start, { kind: 'secondary', id: 'again' });
}

async function start() {
  const answer = await desk.api.office();
  desk.problem = answer.ok ? null : answer.problem;
  if (answer.ok) {
    session.office = answer.body;
    desk.agent = createAgent({ fetch: call, origin: answer.body.card_agent });
  }
  refresh();
}

// Closed, reloaded, or put away on a telephone: whatever is still unsaved then.
function leave() {
  for (const form of Object.values(session.forms)) form.leaving?.();
}

document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  desk.focus('main');
});
window.addEventListener('hashchange', () => {
  refresh();
  window.scrollTo(0, 0);
  desk.focus('main');
});
window.addEventListener('pagehide', leave);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') leave();
});
chooseLanguage(new URL(location.href).searchParams.get('lang') ?? 'ja');
start();
