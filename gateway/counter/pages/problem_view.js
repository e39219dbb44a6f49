// A problem as people read it: what, why, what to do next, each field that is wrong.
import { el } from './dom.js';
import { isForeign, labelOf, partyText } from './labels.js';
import { knows, t } from './text.js';

// The gateway's words keep the language in which they were asked for.
const langOf = (text) => (isForeign(text) ? 'ja' : null);

function line(...parts) {
  return parts.filter((part) => part !== '').join(t('list.pause'));
}

// What a reason is about in words: a kind or a type of information, a party.
function aboutOf(about) {
  return [`kind.${about}`, `type.${about}`].filter(knows).map((key) => t(key))[0] ?? partyText(about);
}

// A reason as a line; what the problem says already is not said twice.
function reasonOf(problem, { title, about, next, code }) {
  if (code !== problem.code) return [line(title, aboutOf(about)), next, code];
  return [about === '' ? '' : t('problem.about', { about: aboutOf(about) }), next === problem.next ? '' : next, ''];
}

export function problemView(problem, { again, id = 'problem' } = {}) {
  const details = [
    ...problem.errors.map((error) => [line(error.place, labelOf(error.field), error.title), error.next, error.code]),
    ...problem.reasons.map((reason) => reasonOf(problem, reason)),
  ].filter((texts) => texts.some((text) => text !== ''));
  return el(
    'div',
    { class: 'notice bad', role: 'alert', id, tabindex: -1 },
    el('h2', { lang: langOf(problem.title) }, problem.title),
    problem.detail !== '' && el('p', { lang: langOf(problem.detail) }, problem.detail),
    problem.next !== '' &&
      el('p', {}, el('strong', {}, t('problem.next')), el('span', { lang: langOf(problem.next) }, problem.next)),
    details.length > 0 &&
      el(
        'ul',
        {},
        details.map(([text, next, code]) =>
          el(
            'li',
            {},
            el('span', { lang: langOf(text) }, text),
            code !== '' && el('span', { class: 'code' }, code),
            next !== '' && el('span', { class: 'block', lang: langOf(next) }, next),
          ),
        ),
      ),
    problem.code !== '' && el('p', { class: 'code' }, t('problem.code', { code: problem.code })),
    again && el('div', { class: 'actions' }, again),
  );
}

export function noticeView(kind, title, ...children) {
  return el('div', { class: `notice ${kind}`, id: 'result', tabindex: -1 }, el('h2', {}, title), children);
}
