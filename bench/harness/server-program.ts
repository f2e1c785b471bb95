import { once } from 'node:events';
import { get, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ChildProgram } from '../../test/clients/child-program.ts';

const START_TIMEOUT = 30_000;

/** Milliseconds between two attempts: few enough requests not to slow the start down. */
const BETWEEN_ATTEMPTS = 1;

export interface Starting {
  readonly name: string;
  /** The executable; Node by default. */
  readonly command?: string | undefined;
  /** Arguments of the executable: the program and its arguments. */
  readonly parameters: readonly string[];
  readonly port: number;
  /** The request whose first response counts as started; created anew for each attempt. */
  readonly firstRequest?: (() => RequestOptions) | undefined;
  /** True for ports without plain HTTP: they have started when they accept connections. */
  readonly secure?: boolean | undefined;
}

/** A server in a process of its own, on a port chosen beforehand. */
export class ServerProgram {
  readonly url: string;
  /** Milliseconds from spawn to the end of the first response. */
  readonly startedIn: number;
  readonly #program: ChildProgram;

  private constructor(url: string, startedIn: number, program: ChildProgram) {
    this.url = url;
    this.startedIn = startedIn;
    this.#program = program;
  }

  static async start({
    name,
    command = process.execPath,
    parameters,
    port,
    firstRequest,
    secure,
  }: Starting): Promise<ServerProgram> {
    const begin = performance.now();
    const program = new ChildProgram(name, command, parameters, {
      withoutVariables: 'CRABAPPLE_',
      quiet: true,
    });
    const url = `${secure ? 'https' : 'http'}://127.0.0.1:${port}`;
    const hasStarted = (): Promise<boolean> =>
      secure ? accepts(port) : responds(url, firstRequest?.() ?? {});
    while (!(await hasStarted())) {
      if (program.hasExited || performance.now() - begin > START_TIMEOUT) {
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

/** False while nothing listens. Any status below 500 counts as a response. */
async function responds(url: string, options: RequestOptions): Promise<boolean> {
  try {
    const [response] = (await once(get(url, { agent: false, ...options }), 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    if ((response.statusCode ?? 500) >= 500) throw new Error(`the first response was ${response.statusCode}`);
    return true;
  } catch (error) {
    return falseIfNotListening(error);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    return falseIfNotListening(error);
  } finally {
    socket.destroy();
  }
}

/** @throws any error other than ECONNREFUSED */
function falseIfNotListening(error: unknown): false {
  if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
  return false;
}
