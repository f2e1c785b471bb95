import { randomBytes } from 'node:crypto';
import { ChildProgram } from './child-program.ts';
import { freePort } from './ports.ts';

export interface DepserverResponse {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of any shape are read
  readonly body: any;
}

/** nanodep's API server with its proxy, which opens the session with Apple for its callers. */
export class Depserver {
  readonly #program: ChildProgram;
  readonly #url: string;
  readonly #authorization: string;

  private constructor(program: ChildProgram, url: string, authorization: string) {
    this.#program = program;
    this.#url = url;
    this.#authorization = authorization;
  }

  /** @param storage folder for tokens, keys and settings */
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
      // Only this program accepts the key: another one may have taken the port in the meantime.
      await program.waitFor(async () => {
        const response = await depserver.request('GET', '/v1/dep_names').catch(() => undefined);
        return response?.status === 200 ? response : undefined;
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

  async request(
    method: string,
    path: string,
    content?: string | object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<DepserverResponse> {
    const response = await fetch(`${this.#url}${path}`, {
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
    const text = await response.text();
    return { status: response.status, text, body: parseJson(text) };
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
