// Elements without markup: text only ever becomes text.

const kSvg = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(kSvg, tag), attributes, children);
}

export function button(label, onclick, { kind = 'primary', ...attributes } = {}) {
  return el('button', { type: 'button', class: `button ${kind}`, onclick, ...attributes }, label);
}

// Gives a file to the person at the desk. Nothing of it stays with the page.
export function download(name, text, mediaType = 'text/plain;charset=utf-8') {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = el('a', { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// A table with a caption; a cell may be text or a node. The first cell of a row is its head where `headed`; the columns of
// tables that are `even` stand below one another; a `quiet` caption repeats the heading above and is only heard.
export function table({ caption, heads, rows, headed = false, even = false, quiet = false }) {
  return el(
    'div',
    { class: 'wide', tabindex: 0, role: 'group', 'aria-label': caption },
    el(
      'table',
      { class: even ? 'even' : null },
      el('caption', { class: quiet ? 'unseen' : null }, caption),
      heads &&
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            heads.map((head) => el('th', { scope: 'col' }, head)),
          ),
        ),
      el(
        'tbody',
        {},
        rows.map((cells) =>
          el(
            'tr',
            {},
            cells.map((cell, i) => (i === 0 && headed ? el('th', { scope: 'row' }, cell) : el('td', {}, cell))),
          ),
        ),
      ),
    ),
  );
}

// Names and values side by side.
export function pairs(rows) {
  return el(
    'dl',
    { class: 'pairs' },
    rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );
}

// Asks before something that cannot be taken back; the browser keeps the keyboard inside.
export function confirmed({ title, text, yes, no }) {
  return new Promise((resolve) => {
    const close = (answer) => () => dialog.close(answer);
    const dialog = el(
      'dialog',
      { 'aria-labelledby': 'dialog-title' },
      el('h2', { id: 'dialog-title' }, title),
      el('p', {}, text),
      el(
        'div',
        { class: 'actions' },
        button(no, close('no'), { kind: 'secondary', autofocus: true }),
        button(yes, close('yes'), { kind: 'danger' }),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
