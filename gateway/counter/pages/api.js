// The gateway's /v1 and the page's own office.json, as functions. `fetch` is given, so that tests need no network.
//
// Every call gives {ok: true, status, body} or {ok: false, status, problem}; none throws. Time is the gateway's: a wrong
// clock on the desk is measured by the Date of its first answer, so that nothing is refused for it.
import { own, readProblem } from './problem.js';
import { language } from './text.js';

export function createApi({ fetch, now = Date.now, base = '' }) {
  let skew = 0;

  function time() {
    return new Date(now() + skew).toISOString().replace(/\.\d+Z$/, 'Z');
  }

  async function call(method, path, { headers = {}, body } = {}) {
    let response;
    let parsed = null;
    try {
      response = await fetch(base + path, {
        method,
        headers: { 'Accept-Language': language(), ...headers },
        body,
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
      });
      const text = await response.text();
      parsed = text === '' ? null : JSON.parse(text);
    } catch {
      return {
        ok: false,
        status: response?.status ?? 0,
        problem: response ? own('unreadable', { status: response.status }) : own('network'),
      };
    }
    const sent = Date.parse(response.headers.get('Date') ?? '');
    if (!Number.isNaN(sent)) skew = sent - now();
    if (response.ok) return { ok: true, status: response.status, body: parsed };
    const wait = Number(response.headers.get('Retry-After') ?? 0);
    return { ok: false, status: response.status, wait, problem: readProblem(parsed, response.status) };
  }

  const json = (value) => ({ body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } });
  const keyed = (value, key) => ({
    body: JSON.stringify(value),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
  });

  return {
    time,
    office: () => call('GET', '/counter/office.json'),
    challenge: (purpose = 'admission') => call('POST', '/v1/admissions/challenge', json({ purpose })),
    admit: (evidence, key) => call('POST', '/v1/admissions', keyed(evidence, key)),
    endRegistration: (id) => call('DELETE', `/v1/registrations/${encodeURIComponent(id)}`),
    registrations: (person) => call('POST', '/v1/registrations/search', json(person)),
    consents: (person) => call('POST', '/v1/consents/search', json(person)),
    consent: (note, key) => call('POST', '/v1/consents', keyed(note, key)),
    withdraw: (id) => call('DELETE', `/v1/consents/${encodeURIComponent(id)}`),
    ask: (event) =>
      call('POST', '/v1/queries', {
        body: JSON.stringify(event),
        headers: { 'Content-Type': 'application/cloudevents+json' },
      }),
    send: (headers, bytes) => call('POST', '/v1/messages', { headers, body: bytes }),
    fate: (id) => call('GET', `/v1/messages/${encodeURIComponent(id)}`),
  };
}
