// The real card agent on a terminal of its own, which util-linux's `script` makes; the demo's first card lies on a reader
// of the real smart card service. What its owner does: reads the code, types the PIN.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kDemo, kGateway } from './browser.mjs';

const kLooks = 600;
const kReader = 'Virtual PCD 00 00';

export class CardAgent {
  seen = ''; // on its terminal

  async start() {
    const folder = join(kDemo, 'agent');
    this.certificate = join(folder, 'card-agent.pem');
    const words = [process.env.COUNTER_SEKISHO, 'card', 'agent', '--pages', `demo.sekisho.example=${kGateway}`];
    words.push('--reader', `'${kReader}'`, '--folder', folder);
    this.child = spawn('script', ['-qefc', words.join(' '), '/dev/null'], {
      env: { ...process.env, PCSCLITE_CSOCK_NAME: process.env.COUNTER_READERS },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child.stdout.on('data', (piece) => (this.seen += piece));
    await this.shows(/pairing code: \d{6}/);
    return this;
  }

  get code() {
    return this.seen.match(/.*pairing code: (\d{6})/s)[1];
  }

  // Waits until `pattern` stands on the terminal, behind what was there `since`.
  async shows(pattern, since = 0) {
    for (let look = 0; look < kLooks; look += 1) {
      if (pattern.test(this.seen.slice(since))) return;
      if (this.child.exitCode !== null) break;
      await pause(50);
    }
    throw new Error(`the card agent does not show ${pattern}: ${this.seen}`);
  }

  type(text) {
    this.child.stdin.write(`${text}\n`);
  }

  // Control and C: the agent ends by itself.
  async stop() {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.stdin.write('\x03');
    await ended;
  }
}
