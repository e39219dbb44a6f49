// Screen: the person's information, section by section. Nothing is asked before somebody asks for it, since each look is
// on record; nothing of it is kept but in this page's memory.
import { button, el } from './dom.js';
import { showInstant } from './calendar.js';
import { nobodyScreen } from './person.js';
import { problemView } from './problem_view.js';
import { kSections, questionEvent, readAnswer } from './question.js';
import { language, t } from './text.js';
import { certificationView, planView, recordsView, sectionOfCard } from './views.js';
import { showCard, visitNow, visitView } from './visit.js';

// The card is on record for this visit, or is now; otherwise what is in the way is shown.
async function hasCard(desk, section, held) {
  const problem = visitNow(desk) ? null : await showCard(desk);
  if (desk.session.answers[section.name] !== held) return false;
  if (!problem) return true;
  held.busy = false;
  held.problem = problem;
  delete desk.session.forms.visit; // the card may have been taken away
  desk.refresh();
  desk.focus('problem-visit');
  return false;
}

async function ask(desk, section) {
  const { session, api } = desk;
  if (session.answers[section.name]?.busy) return;
  const held = { busy: true, results: [] };
  session.answers[section.name] = held;
  desk.refresh();
  if (section.card && !(await hasCard(desk, section, held))) return;
  held.results = await Promise.all(
    section.types.map(async (type) => {
      const event = questionEvent({
        type,
        purpose: section.purpose,
        person: session.person,
        office: session.office,
        staff: session.staff,
        id: crypto.randomUUID(),
        time: api.time(),
        visit: section.card ? visitNow(desk)?.id : undefined,
      });
      const answer = await api.ask(event);
      return answer.ok
        ? { type, ok: true, ...readAnswer(answer.body ?? {}) }
        : { type, ok: false, problem: answer.problem };
    }),
  );
  held.busy = false;
  held.at = api.time();
  if (session.answers[section.name] !== held) return;
  desk.refresh();
  const refused = held.results.filter((result) => !result.ok).length;
  desk.announce(t('information.came', { came: held.results.length - refused, refused }));
}

// One refusal of several types is shown once, with the types it is about.
export function refusalsOf(results) {
  const groups = [];
  for (const { type, ok, problem } of results) {
    if (ok) continue;
    const same = groups.find(
      (group) =>
        group.problem.code === problem.code &&
        group.problem.title === problem.title &&
        group.problem.detail === problem.detail,
    );
    if (same) same.types.push(type);
    else groups.push({ problem, types: [type] });
  }
  return groups;
}

function refusalView({ problem, types }) {
  return el(
    'section',
    {},
    el('h2', {}, t('information.refused', { types: types.map((type) => t(`type.${type}`)).join(t('list.pause')) })),
    problemView(problem, { id: `problem-${types[0]}` }),
  );
}

function contentView(desk, section, results) {
  const came = Object.fromEntries(results.filter((result) => result.ok).map((result) => [result.type, result]));
  if (section.name === 'certification') return certificationView(came, desk.today());
  if (section.name === 'plan') return planView(came);
  if (section.name === 'card')
    return came['certification.card'] && sectionOfCard(came['certification.card'], desk.today());
  return Object.values(came).map((result) => recordsView(result));
}

function panelView(desk, section) {
  const held = desk.session.answers[section.name];
  const words = section.card && !visitNow(desk) ? 'visit.ask' : held ? 'information.again' : 'information.ask';
  const again = button(t(words), () => ask(desk, section), {
    kind: held ? 'secondary' : 'primary',
    id: 'ask',
    'aria-disabled': held?.busy ? 'true' : null,
  });
  return [
    el('p', {}, t(`section.${section.name}.about`)),
    section.card && visitView(desk),
    el(
      'div',
      { class: 'actions' },
      again,
      held?.at && el('span', { class: 'hint' }, t('information.at', { at: showInstant(held.at, language()) })),
    ),
    held?.busy && el('p', { role: 'status' }, t('busy')),
    held?.problem && problemView(held.problem, { id: 'problem-visit' }),
    held && !held.busy && !held.problem && [contentView(desk, section, held.results), refusalsOf(held.results).map(refusalView)],
  ];
}

// Tabs: arrows move, Enter or Space opens (each opened one may be asked; moving past one asks nothing).
function tabsView(desk, open) {
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tabs = [...event.currentTarget.querySelectorAll('[role=tab]')];
    const at = tabs.indexOf(event.target);
    if (step) tabs[(at + step + tabs.length) % tabs.length].focus();
    else if (event.key === 'Home') tabs[0].focus();
    else if (event.key === 'End') tabs.at(-1).focus();
    else return;
    event.preventDefault();
  };
  return el(
    'div',
    { role: 'tablist', 'aria-label': t('information.title'), class: 'tabs', onkeydown: move },
    kSections.map(({ name }) =>
      el(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `tab-${name}`,
          'aria-selected': name === open ? 'true' : 'false',
          'aria-controls': 'panel',
          tabindex: name === open ? 0 : -1,
          onclick: () => {
            desk.session.answers.open = name;
            desk.refresh();
            desk.focus(`tab-${name}`);
          },
        },
        t(`section.${name}`),
      ),
    ),
  );
}

export function informationScreen(desk) {
  const { session } = desk;
  if (!session.person) return nobodyScreen(desk, t('information.title'));
  const open = session.answers.open ?? 'card';
  const section = kSections.find(({ name }) => name === open);
  return el(
    'div',
    {},
    el('h1', {}, t('information.title')),
    el('p', { class: 'lead' }, t('information.lead')),
    tabsView(desk, open),
    el(
      'div',
      { role: 'tabpanel', id: 'panel', tabindex: 0, 'aria-labelledby': `tab-${open}` },
      panelView(desk, section),
    ),
  );
}
