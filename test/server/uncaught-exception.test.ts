import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const COMMAND = resolve('build/src/cli/main.js');

/** Loaded before the command: throws outside of any request. */
const THROW_ON_SIGNAL = `data:text/javascript,${encodeURIComponent(
  "process.on('SIGUSR2', () => setImmediate(() => { throw new Error('thrown by the test'); }))",
)}`;
const REJECT_ON_SIGNAL = `data:text/javascript,${encodeURIComponent(
  "process.on('SIGUSR2', () => { Promise.reject(new Error('thrown by the test')); })",
)}`;

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly url?: string;
  readonly err?: { readonly message: string };
}

class Served {
  readonly lines: Line[] = [];
  readonly #child: ChildProcess;
  readonly #added = new EventEmitter();
  readonly closed: Promise<number | null>;
  readonly url: Promise<string>;

  constructor(preload: string, parameters: readonly string[]) {
    const ports = ['--port', '0', '--tls-port', 'off', '--log-format', 'json'];
    this.#child = spawn(process.execPath, ['--import', preload, COMMAND, 'serve', ...ports, ...parameters], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH },
      timeout: 30_000,
    });
    this.closed = once(this.#child, 'close').then(([code]) => code as number | null);
    this.url = new Promise((found) => {
      createInterface({ input: this.#child.stdout! }).on('line', (text) => {
        const line = JSON.parse(text) as Line;
        this.lines.push(line);
        this.#added.emit('line');
        if (line.url !== undefined) found(line.url);
      });
    });
  }

  /** Waits for the first line of a level. */
  async line(level: number): Promise<void> {
    while (!this.lines.some((line) => line.level === level)) await once(this.#added, 'line');
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

describe('an exception that nothing catches', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'uncaught-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, preload] of [
    ['an uncaught exception', THROW_ON_SIGNAL],
    ['an unhandled rejection', REJECT_ON_SIGNAL],
  ] as const) {
    it(`${name} stops serve --data with exit code 1 and keeps what was acknowledged`, async () => {
      const failing = new Served(preload, ['--data', folder]);
      const url = await failing.url;
      const body = JSON.stringify({ expire_terms: true });
      const headers = { 'content-type': 'application/json' };
      const added = await fetch(`${url}/_crabapple/actions`, { method: 'POST', headers, body });
      assert.equal(added.status, 200, await added.clone().text());
      failing.signal('SIGUSR2');
      assert.equal(await failing.closed, 1);
      assert.deepEqual(
        failing.lines.filter(({ level }) => level === 50).map(({ err }) => err?.message),
        ['thrown by the test'],
      );
      await assert.rejects(fetch(`${url}/_crabapple/health`), 'it still accepts connections');

      const next = new Served(preload, ['--data', folder]);
      const snapshot = `${await next.url}/_crabapple/snapshots/now`;
      assert.equal((await fetch(snapshot, { method: 'PUT' })).status, 200);
      assert.match(await (await fetch(snapshot)).text(), /terms: expired/);
      next.signal('SIGTERM');
      assert.equal(await next.closed, 0);
    });
  }

  it('does not stop serve without --data', async () => {
    const failing = new Served(THROW_ON_SIGNAL, []);
    const url = await failing.url;
    failing.signal('SIGUSR2');
    await failing.line(50);
    assert.equal((await fetch(`${url}/_crabapple/health`)).status, 200);
    failing.signal('SIGTERM');
    assert.equal(await failing.closed, 0);
  });
});
