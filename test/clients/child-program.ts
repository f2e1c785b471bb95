import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE = 5000;

const running = new Set<ChildProcess>();

// A test run that exits early must not leave servers running.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The environment without the variables of a prefix, which would set options of the program under test. */
function environmentWithout(prefix: string): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith(prefix)));
}

/** Exit code, or the signal that ended the program; null if it could not be started. */
export type ProgramExit = number | NodeJS.Signals | null;

export interface ProgramOptions {
  /** Variables with this prefix are not passed on. */
  readonly withoutVariables: string;
  /** Variables in addition to those of the test run. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Discards standard output, which may be large. */
  readonly quiet?: boolean | undefined;
  /** Opens standard input, for `request`. */
  readonly interactive?: boolean | undefined;
}

/** A program that a test runs as a child process. */
export class ChildProgram {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #lines: Interface | undefined;
  #output = '';

  constructor(name: string, command: string, parameters: readonly string[], options: ProgramOptions) {
    this.#name = name;
    this.#child = spawn(command, parameters, {
      env: { ...environmentWithout(options.withoutVariables), ...options.variables },
      stdio: [options.interactive ? 'pipe' : 'ignore', options.quiet ? 'ignore' : 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => {
      this.#output += chunk.toString('utf8');
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    // Writing to a program that has exited fails; `request` reports it.
    this.#child.stdin?.on('error', keep);
    this.#lines = options.interactive ? createInterface({ input: this.#child.stdout! }) : undefined;
    running.add(this.#child);
    this.#exited = once(this.#child, 'close').finally(() => running.delete(this.#child));
    this.#exited.catch(keep);
  }

  /** Standard output and standard error so far. */
  get output(): string {
    return this.#output;
  }

  get hasExited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }

  /** Writes a line to the program, and waits for its next line. */
  request(line: string, timeout: number): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.hasExited) {
        reject(new Error(`${this.#name} has exited; it wrote:\n${this.#output}`));
        return;
      }
      const finish = (response?: string): void => {
        clearTimeout(timer);
        this.#lines!.off('line', finish).off('close', fail);
        if (response !== undefined) resolve(response);
        else reject(new Error(`${this.#name} did not respond to ${line}; it wrote:\n${this.#output}`));
      };
      const fail = (): void => finish();
      const timer = setTimeout(fail, timeout);
      this.#lines!.once('line', finish).once('close', fail);
      this.#child.stdin!.write(`${line}\n`);
    });
  }

  async stop(): Promise<ProgramExit> {
    if (!this.hasExited) {
      this.#child.kill('SIGTERM');
      const force = setTimeout(() => this.#child.kill('SIGKILL'), GRACE);
      await this.#exited;
      clearTimeout(force);
    }
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  /** Repeats the probe until it returns a value. @throws if the program exits or the time is over */
  async waitFor<Value>(probe: () => Promise<Value | undefined>, timeout = 20_000): Promise<Value> {
    const deadline = Date.now() + timeout;
    while (!this.hasExited && Date.now() < deadline) {
      const value = await probe();
      if (value !== undefined) return value;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const state = this.hasExited ? 'exited' : `was not ready within ${timeout} ms`;
    throw new Error(`${this.#name} ${state}; it wrote:\n${this.#output}`);
  }
}
