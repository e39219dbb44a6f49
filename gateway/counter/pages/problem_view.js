// A problem as people read it: what, why, what to do next, each field that is wrong.
import { el } from './dom.js';
import { labelOf } from './labels.js';
import { t } from './text.js';

function line(...parts) {
  return parts.filter((part) => part !== '').join(t('list.pause'));
}

export function problemView(problem, { again, id = 'problem' } = {}) {
  const details = [
    ...problem.errors.map((error) => [line(error.place, labelOf(error.field), error.title), error.next, error.code]),
    ...problem.reasons.map((reason) => [line(reason.title, reason.about), reason.next, reason.code]),
  ];
  return el(
    'div',
    { class: 'notice bad', role: 'alert', id, tabindex: -1 },
    el('h2', {}, problem.title),
    problem.detail !== '' && el('p', {}, problem.detail),
    problem.next !== '' && el('p', {}, el('strong', {}, t('problem.next')), problem.next),
    details.length > 0 &&
      el(
        'ul',
        {},
        details.map(([text, next, code]) =>
          el('li', {}, text, next !== '' && el('span', { class: 'block' }, next), el('span', { class: 'code' }, code)),
        ),
      ),
    problem.code !== '' && el('p', { class: 'code' }, t('problem.code', { code: problem.code })),
    again && el('div', { class: 'actions' }, again),
  );
}

export function noticeView(kind, title, ...children) {
  return el('div', { class: `notice ${kind}`, id: 'result', tabindex: -1 }, el('h2', {}, title), children);
}
