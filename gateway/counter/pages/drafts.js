// Drafts of opinions on this machine: the one thing that the page keeps, in one IndexedDB store, until it is sent or
// deleted. Every call gives an answer; where the browser keeps nothing (private windows) `ok` is false.
//
// A draft: {id, saved: RFC 3339, person, values, key, sent?}. `id` is the message's id too, so that what is sent again
// after a lost answer is the same message.

const kName = 'sekisho-counter';
const kStore = 'drafts';

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export function createDrafts(factory) {
  let opened = null;

  function open() {
    opened ??= new Promise((resolve, reject) => {
      const request = factory().open(kName, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(kStore, { keyPath: 'id' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opened;
  }

  async function within(mode, work) {
    try {
      const transaction = (await open()).transaction(kStore, mode);
      const request = work(transaction.objectStore(kStore));
      transaction.commit?.(); // now: a page that goes waits for no answer
      return { ok: true, value: await done(request) };
    } catch {
      opened = null;
      return { ok: false, value: [] };
    }
  }

  return {
    all: () => within('readonly', (store) => store.getAll()),
    save: (draft) => within('readwrite', (store) => store.put(draft)),
    remove: (id) => within('readwrite', (store) => store.delete(id)),
    clear: () => within('readwrite', (store) => store.clear()),
  };
}
