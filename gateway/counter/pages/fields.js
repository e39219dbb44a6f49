// Fields of a form with their labels, hints and errors, tied together for those who hear the page. A form is {values,
// errors}: values as typed, by name; errors by name, in words.
import { el } from './dom.js';
import { t } from './text.js';

export const idOf = (name) => `field-${name}`;

function described(form, { name, hint }) {
  const ids = [hint && `${idOf(name)}-hint`, form.errors[name] && `${idOf(name)}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : null;
}

function notes(form, { name, hint }) {
  return [
    hint && el('p', { class: 'hint', id: `${idOf(name)}-hint` }, hint),
    form.errors[name] &&
      el('p', { class: 'error', id: `${idOf(name)}-error` }, `${t('error.mark')} ${form.errors[name]}`),
  ];
}

function mark(required) {
  return el('span', { class: required ? 'mark required' : 'mark' }, t(required ? 'mark.required' : 'mark.optional'));
}

// A line or some lines of text, a day, a choice from a list.
export function field(form, row) {
  const { name, label, kind = 'text', required = false, options, attributes = {} } = row;
  const common = {
    id: idOf(name),
    name,
    'aria-describedby': described(form, row),
    'aria-invalid': form.errors[name] ? 'true' : null,
    'aria-required': required ? 'true' : null,
    autocomplete: 'off',
    ...attributes,
  };
  const keep = (event) => {
    form.values[name] = event.target.value;
    form.changed?.();
  };
  let input;
  if (kind === 'select') {
    input = el(
      'select',
      { ...common, onchange: keep },
      el('option', { value: '' }, t('mark.choose')),
      options.map(([value, text]) => el('option', { value }, text)),
    );
  } else if (kind === 'lines') {
    input = el('textarea', { rows: 4, ...common, oninput: keep });
  } else {
    input = el('input', { type: kind, ...common, oninput: keep });
  }
  input.value = form.values[name] ?? '';
  return el(
    'div',
    { class: form.errors[name] ? 'field wrong' : 'field' },
    el('label', { for: idOf(name) }, label, mark(required)),
    notes(form, row),
    input,
  );
}

// One of several, or (`many`) any of them. The first box has the field's id, so that the summary leads there.
export function choices(form, row) {
  const { name, label, options, required = false, many = false, onchange } = row;
  const picked = (value) => (many ? (form.values[name] ?? []).includes(value) : form.values[name] === value);
  const pick = (value) => (event) => {
    if (many) {
      const others = (form.values[name] ?? []).filter((one) => one !== value);
      form.values[name] = event.target.checked ? [...others, value] : others;
    } else {
      form.values[name] = value;
    }
    form.changed?.();
    onchange?.(value);
  };
  const boxes = options.map(([value, text], i) => {
    const id = i === 0 ? idOf(name) : `${idOf(name)}-${i}`;
    const box = el('input', { type: many ? 'checkbox' : 'radio', id, name, value, onchange: pick(value) });
    box.checked = picked(value);
    return el('div', { class: 'choice' }, box, el('label', { for: id }, text));
  });
  return el(
    'fieldset',
    {
      class: form.errors[name] ? 'field wrong' : 'field',
      'aria-describedby': described(form, row),
      role: many ? 'group' : 'radiogroup',
      'aria-invalid': form.errors[name] && !many ? 'true' : null,
    },
    el('legend', {}, label, mark(required)),
    notes(form, row),
    el('div', { class: options.length > 5 ? 'choices many' : 'choices' }, boxes),
  );
}

// One box, ticked or not.
export function box(form, row) {
  const { name, label } = row;
  const keep = (event) => {
    form.values[name] = event.target.checked;
    form.changed?.();
  };
  const input = el('input', {
    type: 'checkbox',
    id: idOf(name),
    name,
    onchange: keep,
    'aria-describedby': described(form, row),
    'aria-invalid': form.errors[name] ? 'true' : null,
  });
  input.checked = form.values[name] === true;
  return el(
    'div',
    { class: form.errors[name] ? 'field wrong' : 'field' },
    notes(form, row),
    el('div', { class: 'choice' }, input, el('label', { for: idOf(name) }, label)),
  );
}

// Questions that stand together on paper, under their own heading.
export function group(legend, ...children) {
  return el('fieldset', { class: 'group' }, el('legend', {}, legend), children);
}

// Above the form: what is wrong, each a way to its field. Focused when it comes.
export function errorSummary(form) {
  const names = Object.keys(form.errors);
  if (names.length === 0) return null;
  const lead = (name) => (event) => {
    event.preventDefault();
    document.getElementById(idOf(name))?.focus();
  };
  return el(
    'div',
    { class: 'notice bad', id: 'errors', tabindex: -1, role: 'alert' },
    el('h2', {}, t('error.summary', { count: names.length })),
    el(
      'ul',
      {},
      names.map((name) => el('li', {}, el('a', { href: `#${idOf(name)}`, onclick: lead(name) }, form.errors[name]))),
    ),
  );
}
