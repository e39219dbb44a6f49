// What stands behind the gateway, and beside the browser: documents that the platform is given for the tests (all made up),
// whose card is whose, and a card agent as gateway/counter/README.md has its protocol.
import { execFileSync } from 'node:child_process';
import { createHash, createSign, randomInt, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import { join } from 'node:path';
import { kAgent, kDemo, kGateway, pki } from './browser.mjs';

const kPorts = JSON.parse(readFileSync(join(kDemo, 'ports.json'), 'utf8'));

// A call to a simulated peer as the gateway makes it.
function tell(peer, path, body, headers = {}) {
  const options = {
    host: '127.0.0.1',
    port: kPorts[peer],
    path,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers },
    cert: readFileSync(pki('gateway.pem')),
    key: readFileSync(pki('gateway.key')),
    ca: readFileSync(pki('public-ca.pem')),
  };
  return new Promise((resolve, reject) => {
    const asked = request(options, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode < 300 ? resolve() : reject(new Error(`${peer}: ${answer.statusCode}`))));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

// The platform holds a record about a person of 架空市 from now on.
export function platformHolds(type, insured, record) {
  const body = JSON.stringify({ insurer: '139980', records: [{ insured, history: 9_000_000_000, ...record }] });
  return tell('platform', '/platform/v1/documents', body, {
    'ce-specversion': '1.0',
    'ce-id': randomUUID(),
    'ce-source': 'urn:sekisho:party:system:test',
    'ce-type': `jp.sekisho.${type}`,
    'Content-Digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
  });
}

// The card of `pki init` with that name is this person's.
export function cardBelongsTo(card, insured) {
  const names = ['-noout', '-issuer', '-nameopt', 'RFC2253'];
  const issuer = execFileSync('openssl', ['x509', '-in', pki(`${card}.pem`), ...names], { encoding: 'utf8' });
  const { serialNumber: serial } = new X509Certificate(readFileSync(pki(`${card}.pem`)));
  const row = { issuer: issuer.trim().replace('issuer=', ''), serial, insurer: '139980', insured };
  return tell('eligibility', '/sim/cards', JSON.stringify({ cards: [row] }));
}

// Institutions have shared records of this person.
export function institutionsShare(insured) {
  return tell('emr-sharing', '/sim/persons', JSON.stringify({ persons: [{ insurer: '139980', insured }] }));
}

// --- the card agent

// What the agent's owner does: puts a card on the reader, types a PIN, reads the pairing code from its screen.
export class FakeAgent {
  reader = 'card';
  card = 'card-1';
  refusal = null; // of /sign: [status, {code, ...}]
  code = String(randomInt(100000, 1000000));
  token = randomUUID();
  signed = []; // the texts, as its screen shows them

  async start() {
    const { port } = new URL(kAgent);
    const server = createServer(
      { cert: readFileSync(pki('gateway.pem')), key: readFileSync(pki('gateway.key')) },
      (asked, answer) => this.#answer(asked, answer),
    );
    await new Promise((resolve, reject) => server.on('error', reject).listen(Number(port), '127.0.0.1', resolve));
    this.server = server;
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  async #answer(asked, answer) {
    const say = (status, body) => {
      answer.writeHead(status, {
        'Access-Control-Allow-Origin': kGateway,
        'Access-Control-Allow-Headers': 'authorization, content-type',
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Private-Network': 'true',
        'Content-Type': 'application/json',
      });
      answer.end(body && JSON.stringify(body));
    };
    const chunks = [];
    for await (const chunk of asked) chunks.push(chunk);
    if (asked.headers.origin !== kGateway) return say(403);
    if (asked.method === 'OPTIONS') return say(204);
    const paired = asked.headers.authorization === `Bearer ${this.token}`;
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : {};
    if (asked.url === '/status') return say(200, { paired, reader: this.reader });
    if (asked.url === '/pair') return body.code === this.code ? say(200, { token: this.token }) : say(403, { code: 'wrong-code' });
    if (!paired) return say(401, { code: 'unpaired' });
    if (this.refusal) return say(...this.refusal);
    return say(200, this.#sign(Buffer.from(body.challenge, 'base64url')));
  }

  #sign(text) {
    this.signed.push(text.toString());
    const certificate = new X509Certificate(readFileSync(pki(`${this.card}.pem`)));
    const signature = createSign('RSA-SHA256').update(text).sign(readFileSync(pki(`${this.card}.key`)), 'base64');
    return { certificate: certificate.raw.toString('base64'), signature };
  }
}
