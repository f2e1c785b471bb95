import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';

/** A server that a failed test forgot would keep the whole run from ending. */
const LONGEST_LIFE = 30_000;

const COMMAND = resolve('build/src/cli/main.js');

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

const running = new Set<Command>();

// A run of tests that ends early leaves no servers behind.
process.once('exit', () => {
  for (const command of running) command.signal('SIGKILL');
});

/** `crabapple` as a process of its own, with no variables but those given. */
export class Command {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  #wake: () => void = () => {};

  constructor(parameters: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    this.#child = spawn(process.execPath, [COMMAND, ...parameters], {
      env: { PATH: process.env.PATH, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_LIFE,
      killSignal: 'SIGKILL',
    });
    running.add(this);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#wake();
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#wake();
    });
    this.ended = once(this.#child, 'close').then(([code]) => {
      running.delete(this);
      this.#wake();
      return { stdout: this.#stdout, stderr: this.#stderr, code: code as number | null };
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  signal(signal: NodeJS.Signals): this {
    this.#child.kill(signal);
    return this;
  }

  /** Stops reading what it writes, as `| head` does. */
  stopReading(): void {
    this.#child.stdout.destroy();
  }

  /** What it wrote on standard output, once a pattern is in it. */
  async wrote(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#stdout)) {
      if (!running.has(this))
        throw new Error(`ended without ${pattern}; it wrote:\n${this.#stdout}${this.#stderr}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#stdout;
  }

  async stop(): Promise<Ended> {
    if (running.has(this)) this.signal('SIGTERM');
    return this.ended;
  }
}

export const run = (...parameters: readonly string[]): Promise<Ended> => new Command(parameters).ended;

/** The URL that a server wrote when its port was open. */
export async function urlOf(server: Command): Promise<string> {
  return /serves on (\S+)/.exec(await server.wrote(/stops\./))![1]!;
}

export const jsonWithin = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
