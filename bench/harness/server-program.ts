import { once } from 'node:events';
import { get, type IncomingMessage, type RequestOptions } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ChildProgram } from '../../test/clients/child-program.ts';

const LONGEST_START = 30_000;

/** Between two attempts, so that asking takes little from the program that is starting. */
const BETWEEN_ATTEMPTS = 1;

export interface Starting {
  readonly name: string;
  /** Arguments of Node: the program and its own. */
  readonly parameters: readonly string[];
  readonly port: number;
  /** The request whose first answer counts as started; made anew for each attempt. */
  readonly firstRequest?: (() => RequestOptions) | undefined;
}

/** A server in a process of its own, on a port known beforehand. */
export class ServerProgram {
  readonly url: string;
  /** Milliseconds from the order to start until the first answer was complete. */
  readonly startedIn: number;
  readonly #program: ChildProgram;

  private constructor(url: string, startedIn: number, program: ChildProgram) {
    this.url = url;
    this.startedIn = startedIn;
    this.#program = program;
  }

  static async start({ name, parameters, port, firstRequest }: Starting): Promise<ServerProgram> {
    const begin = performance.now();
    const program = new ChildProgram(name, process.execPath, parameters, {
      withoutVariables: 'CRABAPPLE_',
      quiet: true,
    });
    const url = `http://127.0.0.1:${port}`;
    while (!(await answers(url, firstRequest?.() ?? {}))) {
      if (program.hasEnded || performance.now() - begin > LONGEST_START) {
        await program.stop();
        throw new Error(`${name} did not start; it wrote:\n${program.output}`);
      }
      await pause(BETWEEN_ATTEMPTS);
    }
    return new ServerProgram(url, performance.now() - begin, program);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.stop();
  }
}

/** False where nobody listens yet. An answer of any status is one, but for a failure. */
async function answers(url: string, options: RequestOptions): Promise<boolean> {
  try {
    const [response] = (await once(get(url, { agent: false, ...options }), 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    if ((response.statusCode ?? 500) >= 500) throw new Error(`the first answer was ${response.statusCode}`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
    return false;
  }
}
