import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import request from 'supertest';
import type { Host } from '../../src/core/host.ts';
import { type Action, performAction } from '../../src/organization/actions.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import type { Location } from '../../src/organization/content/location.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { parseAction } from '../../src/scenario/parse.ts';
import { createReceiver } from '../../src/server/receiver.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { createExpressTransport } from '../../src/transports/express.ts';
import { nodeHost } from '../../src/transports/node-host.ts';
import { watch } from '../coverage/seen.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RequestOptions {
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | undefined;
  readonly query?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Undefined removes a header field that is sent by default. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
}

/** An MDM that manages the content of a location, over real HTTP. */
export class Manager {
  readonly apple: SimulatedApple;
  readonly listening: Server;
  readonly organization: Organization;
  readonly place: number;

  constructor(apple: SimulatedApple, listening: Server, place = 0) {
    this.apple = apple;
    this.listening = listening;
    this.organization = apple.tenants.default.organization;
    this.place = place;
  }

  get location(): Location {
    return this.organization.content.locations[this.place]!;
  }

  /** The newest content token, as its file has it. */
  get sToken(): string {
    return contentTokenFile(this.location.tokens.at(-1)!, 'Acme');
  }

  other(place: number): Manager {
    return new Manager(this.apple, this.listening, place);
  }

  async send(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const sending = request(this.listening)
      [method.toLowerCase() as 'get'](path)
      .query({ ...options.query })
      .buffer(true)
      .parse((answer, done) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
      });
    const text = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    if (text !== undefined) sending.set('content-type', 'application/json').serialize((raw) => raw);
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (value === undefined) sending.unset(name);
      else sending.set(name, value);
    }
    if (text !== undefined) sending.send(text);
    const { status, headers, body } = await sending;
    const responseText = body as unknown as string;
    return { status, text: responseText, headers, body: parsed(responseText) };
  }

  /** v2, with the content token. */
  v2(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.sToken}`, ...options.headers };
    return this.send(method, `/mdm/v2${path}`, { ...options, headers });
  }

  get(path: string, query: RequestOptions['query'] = {}): Promise<Answer> {
    return this.v2('GET', path, { query });
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.v2('POST', path, { body });
  }

  /** v1, with the content token in the body. */
  v1(service: string, body: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.send('POST', `/mdm/${service}`, { body: { sToken: this.sToken, ...body } });
  }

  /** Requests an event and returns its status after it ran. */
  async completeEvent(path: string, body: unknown): Promise<Answer> {
    const requested = await this.post(path, body);
    if (requested.body?.eventId === undefined)
      throw new Error(`${path}: ${requested.status} ${requested.text}`);
    this.advance(60_000);
    return this.get('/status', { eventId: requested.body.eventId });
  }

  async portal(action: object): Promise<void> {
    performAction(this.organization, (await parseAction(action)) as Action);
  }

  /** @param milliseconds of virtual time */
  advance(milliseconds: number): void {
    this.organization.runtime.clock.advance(milliseconds);
    this.organization.runDueTasks();
  }

  /** An asset with its counts, as v2 returns it. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  async asset(adamId: string): Promise<any> {
    return (await this.get('/assets', { adamId })).body.assets[0];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const APP = '1001';
export const SCARCE = '1002';
export const BOOK = '1003';
export const USER_ONLY = '1004';

/** A location with one of everything. */
export const HEADQUARTERS = {
  name: 'Headquarters',
  assets: [
    { adam_id: APP, total: 10 },
    { adam_id: SCARCE, total: 1 },
    { adam_id: BOOK, product_type: 'Book', total: 5 },
    { adam_id: USER_ONLY, device_assignable: false, total: 5, platforms: ['iOS', 'macOS'] },
  ],
  users: [
    { client_user_id: 'anna', email: 'anna@example.org' },
    { client_user_id: 'ben', managed_apple_id: 'ben@acme.example' },
    { client_user_id: 'carl', status: 'Retired' },
  ],
} as const;

export interface Situation {
  readonly vpp?: object;
  readonly host?: Partial<Host>;
  readonly [key: string]: unknown;
}

/** A simulated Apple whose clock stands still in 2026, and the MDM of its first location. */
export async function managerOf({ vpp, host, ...scenario }: Situation = {}): Promise<Manager> {
  const apple = await simulateApple(
    {
      name: 'test',
      clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
      locations: [HEADQUARTERS],
      behavior: { vpp },
      ...scenario,
    },
    { host: { ...nodeHost, ...host } },
  );
  watch(apple);
  const listening = createServer(createExpressTransport(createReceiver(apple, {}, () => ({ url: '' }))));
  listening.listen(0, '127.0.0.1').unref();
  await once(listening, 'listening');
  return new Manager(apple, listening);
}
