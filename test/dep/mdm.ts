import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import request from 'supertest';
import { type Action, performAction } from '../../src/organization/actions.ts';
import type { ServerCredentials } from '../../src/organization/definition.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { parseAction } from '../../src/scenario/parse.ts';
import { createReceiver } from '../../src/server/receiver.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { createExpressTransport } from '../../src/transports/express.ts';
import { watch } from '../coverage/seen.ts';
import { oauthHeader, type Signing, unsigned } from './oauth.ts';

export { oauthHeader, type Signing } from './oauth.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

export interface CallOptions {
  readonly version?: number | string | undefined;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Buffer | undefined;
  /** Undefined takes away one that is sent otherwise. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly session?: string | undefined;
}

/** The parameters of a signed request. */
export function oauthParameters(credentials: ServerCredentials, signing: Signing): Record<string, string> {
  const { parameters, key, text } = unsigned(credentials, signing);
  return { ...parameters, oauth_signature: createHmac('sha1', key).update(text).digest('base64') };
}

/** An MDM server before a simulated Apple, over real HTTP. */
export class Mdm {
  readonly apple: SimulatedApple;
  readonly listening: Server;
  readonly organization: Organization;
  readonly server: number;
  #session: string | undefined;

  constructor(apple: SimulatedApple, listening: Server, server = 0) {
    this.apple = apple;
    this.listening = listening;
    this.organization = apple.tenants.default.organization;
    this.server = server;
  }

  get credentials(): ServerCredentials {
    return currentToken(this.organization.enrollment.servers[this.server]!);
  }

  /** The same Apple, seen from another MDM server of the organization. */
  other(server: number): Mdm {
    return new Mdm(this.apple, this.listening, server);
  }

  async send(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const sending = request(this.listening)
      [method.toLowerCase() as 'get'](path)
      .buffer(true)
      .parse((answer, done) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
      })
      .set('user-agent', 'test');
    if (options.version !== undefined) sending.set('x-server-protocol-version', String(options.version));
    if (options.session !== undefined) sending.set('x-adm-auth-session', options.session);
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (value === undefined) sending.unset(name);
      else sending.set(name, value);
    }
    if (options.raw !== undefined) {
      if (options.headers?.['content-type'] === undefined) {
        sending.set('content-type', 'application/json;charset=UTF8');
      }
      sending.serialize((raw) => raw).send(options.raw as string);
    }
    if (options.raw === undefined && options.body !== undefined) {
      sending.set('content-type', 'application/json;charset=UTF8').send(JSON.stringify(options.body));
    }
    const { status, headers, body } = await sending;
    const text = body as unknown as string;
    return { status, text, headers, body: parsed(text) };
  }

  /** Within a session, opened when the first call needs it. */
  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    this.#session ??= await this.session();
    return this.send(method, path, { session: this.#session, ...options });
  }

  async session(): Promise<string> {
    const answer = await this.openSession();
    if (answer.status !== 200) throw new Error(`no session: ${answer.status} ${answer.text}`);
    return answer.body.auth_session_token;
  }

  /** `GET /session`, signed for an authority that is set as `Host`. */
  openSession(
    {
      credentials = this.credentials,
      ...signing
    }: Partial<Signing> & { credentials?: ServerCredentials } = {},
    options: Pick<CallOptions, 'headers' | 'version'> = {},
  ): Promise<Answer> {
    const url = signing.url ?? 'http://apple.test/session';
    const parameters = oauthParameters(credentials, { ...signing, url });
    return this.send('GET', '/session', {
      version: options.version,
      headers: { host: 'apple.test', authorization: oauthHeader(parameters), ...options.headers },
    });
  }

  forgetSession(): void {
    this.#session = undefined;
  }

  /** Something that happens in the portal, written as in a scenario file. */
  async portal(action: object): Promise<void> {
    performAction(this.organization, (await parseAction(action)) as Action);
  }

  /** @param milliseconds of virtual time */
  advance(milliseconds: number): void {
    this.organization.runtime.clock.advance(milliseconds);
  }

  /** Every page from a cursor on. */
  async pages(path: string, first: Readonly<Record<string, unknown>>, version = 10): Promise<Answer[]> {
    const pages: Answer[] = [];
    for (let body = first; ; ) {
      const page = await this.call('POST', path, { body, version });
      if (page.status !== 200) throw new Error(`${path}: ${page.status} ${page.text}`);
      pages.push(page);
      if (!page.body.more_to_follow) return pages;
      body = { ...first, cursor: page.body.cursor };
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A simulated Apple of one scenario, and its first MDM server. */
export async function mdmOf(scenario: object = {}): Promise<Mdm> {
  return mdmBefore(await simulateApple({ name: 'test', ...scenario }));
}

/** The first MDM server of the default organization. */
export async function mdmBefore(apple: SimulatedApple): Promise<Mdm> {
  watch(apple);
  // One socket for all requests of a test; unreferenced, so that none needs closing.
  const listening = createServer(createExpressTransport(createReceiver(apple, {}, () => ({ url: '' }))));
  listening.listen(0, '127.0.0.1').unref();
  await once(listening, 'listening');
  return new Mdm(apple, listening);
}
