import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';

/** Real milliseconds. A server that a failed test does not stop would keep the test run alive. */
const MAX_LIFETIME = 30_000;

const COMMAND = resolve('build/src/cli/main.js');

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

const running = new Set<Command>();

// Also after a test run that is aborted.
process.once('exit', () => {
  for (const command of running) command.signal('SIGKILL');
});

/** Runs `crabapple` as a process with only the given environment variables. */
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
      timeout: MAX_LIFETIME,
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

  /** Closes its standard output, as `| head` does. */
  stopReading(): void {
    this.#child.stdout.destroy();
  }

  /** Waits for a pattern on standard output. @returns everything that it wrote there */
  async wrote(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#stdout)) {
      if (!running.has(this))
        throw new Error(
          `the command ended without ${pattern} in its output:\n${this.#stdout}${this.#stderr}`,
        );
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

/** Waits until a server is listening. */
export async function urlOf(server: Command): Promise<string> {
  return /listening on (\S+)/.exec(await server.wrote(/to stop\./))![1]!;
}

export const jsonWithin = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
