// How a form is sent, and what is asked before something that cannot be taken back: the same on every screen.
import { confirmed, el } from './dom.js';
import { t } from './text.js';

// Errors first, then the call, then what came of it; the focus goes where something happened. `check` gives the errors by
// field, `send` the answer; `done` is told of a good one. A person who has left meanwhile is shown nothing more.
export async function attempt(desk, form, { check, send, done }) {
  if (form.busy) return;
  form.busy = true;
  form.problem = null;
  form.errors = await check();
  if (Object.keys(form.errors).length > 0) {
    form.busy = false;
    desk.refresh();
    desk.focus('errors');
    return;
  }
  desk.refresh();
  const answer = await send();
  form.busy = false;
  if (form.left) return;
  if (answer.ok) {
    await done(answer.body);
  } else {
    form.problem = answer.problem;
    if (answer.status) form.changed(); // refused, not lost on the way: another call next time
  }
  desk.refresh();
  desk.focus(answer.ok ? 'result' : 'problem');
}

// The form as an element; the browser's own checks are left out, since ours say what to do.
export function formElement(attributes, submit, ...children) {
  const onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  return el('form', { novalidate: true, onsubmit, ...attributes }, ...children);
}

export function submitButton(form, id, label) {
  return el(
    'div',
    { class: 'actions' },
    el(
      'button',
      { class: 'button primary', id, 'aria-disabled': form.busy ? 'true' : null },
      form.busy ? t('busy') : label,
    ),
  );
}

// The texts are KEY, KEY.text and KEY.yes.
export function sure(key) {
  return confirmed({ title: t(key), text: t(`${key}.text`), yes: t(`${key}.yes`), no: t('cancel') });
}
