// What the page knows while it is open: in memory only, gone with the tab.

export function createSession() {
  return {
    office: { party: '', source: '', name: '', card_agent: '' },
    staff: { actor: '', role: '' },
    person: null, // {insurer, insured}
    registration: null, // {id, assurance, status, receipt}
    visit: null, // {id, until}: the card was shown for medical information
    forms: {}, // what was typed, by screen: language and network may change under it
    answers: {}, // of the person's information, by section
  };
}

// Nothing of one person remains for the next.
export function nextPerson(session) {
  for (const form of Object.values(session.forms)) if (form) form.left = true;
  session.person = null;
  session.registration = null;
  session.visit = null;
  session.forms = {};
  session.answers = {};
}

// A form's state: the values as typed, errors by name, and the key under which it is sent. What is sent again after a
// lost answer has the same key; what was changed, or refused, is another call and has another.
export function formOf(session, name, values = {}) {
  session.forms[name] ??= {
    values: { ...values },
    errors: {},
    key: crypto.randomUUID(),
    problem: null,
    busy: false,
    changed() {
      this.key = crypto.randomUUID();
      this.given_at = undefined;
    },
  };
  return session.forms[name];
}
