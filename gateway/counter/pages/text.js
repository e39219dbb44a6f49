// What the page says, in the language that was chosen. Pure: no document, no storage.
import en from './lang/en.js';
import ja from './lang/ja.js';

export const dictionaries = { ja, en };

let chosen = 'ja';

export function language() {
  return chosen;
}

export function chooseLanguage(name) {
  chosen = name === 'en' ? 'en' : 'ja';
}

// The text of a key, `{name}` replaced. A key that is in no dictionary is shown as itself.
export function t(key, values = {}) {
  const found = dictionaries[chosen][key] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

export function knows(key) {
  return key in dictionaries[chosen];
}
