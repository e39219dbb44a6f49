// The card agent of this machine (README.md of the counter has the protocol). The token of the pairing lives as long as
// the page. Every call gives {ok: true, body} or {ok: false, problem}; none throws.
import { own } from './problem.js';

const kStatusWaitMs = 3000;
const kSignWaitMs = 120000; // somebody types a PIN

export function createAgent({ fetch, origin }) {
  let token = '';

  async function call(method, path, body, waitMs) {
    try {
      const headers = { 'Content-Type': 'application/json' };
      if (token !== '') headers.Authorization = `Bearer ${token}`;
      const response = await fetch(origin + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.timeout(waitMs),
      });
      const answer = await response.json();
      if (response.ok) return { ok: true, body: answer };
      return { ok: false, code: answer.code, problem: own(`agent.${answer.code}`, answer) };
    } catch {
      return { ok: false, code: 'away', problem: own('agent.away') };
    }
  }

  return {
    status: () => call('GET', '/status', undefined, kStatusWaitMs),
    async pair(code) {
      const answer = await call('POST', '/pair', { code }, kStatusWaitMs);
      if (answer.ok) token = answer.body.token;
      return answer;
    },
    sign: (challenge) => call('POST', '/sign', { challenge }, kSignWaitMs),
  };
}
