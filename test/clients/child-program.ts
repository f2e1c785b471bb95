import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

/** Grace between the polite signal and the one that cannot be refused. */
const GRACE = 5000;

const running = new Set<ChildProcess>();

// A test run that ends early must not leave servers behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The environment without the variables that would set flags of a program behind the back of a test. */
function environmentWithout(prefix: string): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith(prefix)));
}

/** Exit code, or the signal that ended it; null where it could not be started. */
export type ProgramEnd = number | NodeJS.Signals | null;

export interface ProgramOptions {
  /** Variables of this prefix are kept from the program. */
  readonly withoutVariables: string;
  /** Variables that it gets beside those of the test run. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** True where standard output is of no use, and would be too much to keep. */
  readonly quiet?: boolean | undefined;
  /** True where it is asked line by line. */
  readonly talking?: boolean | undefined;
}

/** A program that a test runs beside itself. */
export class ChildProgram {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #lines: Interface | undefined;
  #output = '';

  constructor(name: string, command: string, parameters: readonly string[], options: ProgramOptions) {
    this.#name = name;
    this.#child = spawn(command, parameters, {
      env: { ...environmentWithout(options.withoutVariables), ...options.variables },
      stdio: [options.talking ? 'pipe' : 'ignore', options.quiet ? 'ignore' : 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => {
      this.#output += chunk.toString('utf8');
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    // A program that has ended takes no question: `ask` tells so.
    this.#child.stdin?.on('error', keep);
    this.#lines = options.talking ? createInterface({ input: this.#child.stdout! }) : undefined;
    running.add(this.#child);
    this.#ended = once(this.#child, 'close').finally(() => running.delete(this.#child));
    this.#ended.catch(keep);
  }

  /** What it wrote on both of its streams. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }

  /** Writes a line to a program that talks, and waits for its next line. */
  ask(line: string, bound: number): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.hasEnded) {
        reject(new Error(`${this.#name} has ended; it wrote:\n${this.#output}`));
        return;
      }
      const settle = (answer?: string): void => {
        clearTimeout(late);
        this.#lines!.off('line', settle).off('close', ended);
        if (answer !== undefined) resolve(answer);
        else reject(new Error(`${this.#name} did not answer ${line}; it wrote:\n${this.#output}`));
      };
      const ended = (): void => settle();
      const late = setTimeout(ended, bound);
      this.#lines!.once('line', settle).once('close', ended);
      this.#child.stdin!.write(`${line}\n`);
    });
  }

  async stop(): Promise<ProgramEnd> {
    if (!this.hasEnded) {
      this.#child.kill('SIGTERM');
      const force = setTimeout(() => this.#child.kill('SIGKILL'), GRACE);
      await this.#ended;
      clearTimeout(force);
    }
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  /** Asks again and again, for a bounded time, until the program answers. */
  async ready<Answer>(probe: () => Promise<Answer | undefined>, bound = 20_000): Promise<Answer> {
    const deadline = Date.now() + bound;
    while (!this.hasEnded && Date.now() < deadline) {
      const answer = await probe();
      if (answer !== undefined) return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const state = this.hasEnded ? 'ended' : `was not ready within ${bound} ms`;
    throw new Error(`${this.#name} ${state}; it wrote:\n${this.#output}`);
  }
}
