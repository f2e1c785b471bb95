import { randomBytes } from 'node:crypto';
import { ChildProgram } from './child-program.ts';
import { freePort } from './free-port.ts';

export interface DepserverAnswer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  readonly body: any;
}

/** nanodep's API server and the proxy in it, which signs in to Apple for its callers. */
export class Depserver {
  readonly #program: ChildProgram;
  readonly #url: string;
  readonly #authorization: string;

  private constructor(program: ChildProgram, url: string, authorization: string) {
    this.#program = program;
    this.#url = url;
    this.#authorization = authorization;
  }

  /** @param storage folder in which it keeps tokens, keys and settings */
  static async start(
    executable: string,
    storage: string,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<Depserver> {
    const key = randomBytes(16).toString('hex');
    const listen = `127.0.0.1:${await freePort()}`;
    const parameters = ['-api', key, '-listen', listen, '-storage', 'filekv', '-storage-dsn', storage];
    const program = new ChildProgram('depserver', executable, parameters, {
      withoutVariables: 'NANODEP_',
      variables,
    });
    const authorization = `Basic ${Buffer.from(`depserver:${key}`).toString('base64')}`;
    const depserver = new Depserver(program, `http://${listen}`, authorization);
    try {
      // Only this one knows the key: another program may have taken the port in between.
      await program.ready(async () => {
        const answer = await depserver.ask('GET', '/v1/dep_names').catch(() => undefined);
        return answer?.status === 200 ? answer : undefined;
      });
      return depserver;
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  get output(): string {
    return this.#program.output;
  }

  async ask(
    method: string,
    path: string,
    content?: string | object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<DepserverAnswer> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: this.#authorization,
        ...headers,
        ...(typeof content === 'object' ? { 'content-type': 'application/json;charset=UTF8' } : {}),
      },
      ...(content === undefined
        ? {}
        : { body: typeof content === 'string' ? content : JSON.stringify(content) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: parsed(text) };
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
