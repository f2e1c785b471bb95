import fc from 'fast-check';
import type { Connection } from '../../src/core/connection.ts';
import type { Outcome, Response } from '../../src/core/outcome.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { nodeHost } from '../../src/transports/node-host.ts';
import { oauthHeader, oauthParameters } from '../dep/mdm.ts';
import { requestOf, textOf } from '../dep/requests.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How time passes: real time, or a change of the clock. */
export type Move =
  | { readonly kind: 'pass'; readonly by: number }
  | { readonly kind: 'advance'; readonly by: number }
  | { readonly kind: 'rate'; readonly rate: number };

const lengths = fc.oneof(
  fc.integer({ min: 0, max: 20 * MINUTE }),
  fc.constantFrom(SECOND, 5 * MINUTE, 10 * MINUTE, HOUR, 24 * HOUR, 7 * 24 * HOUR, 7 * 24 * HOUR + 1),
  fc.integer({ min: 0, max: 9 * 24 * HOUR }),
);

export const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), by: lengths }),
  fc.record({ kind: fc.constant('advance' as const), by: lengths }),
  fc.record({ kind: fc.constant('rate' as const), rate: fc.constantFrom(0, 0.5, 1, 3, 1000) }),
);

/** Clocks as scenarios have them. */
export const CLOCKS = {
  running: { at: '2026-03-02T08:00:00Z' },
  frozen: { at: '2026-03-02T08:00:00Z', rate: 0 },
  scaled: { at: '2026-03-02T08:00:00Z', rate: 60 },
} as const;

export interface Answer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  readonly body: any;
}

/** Clients of all services whose own clock, the real one, is moved by hand; what should be the time is counted apart. */
export class Traveler {
  readonly apple: SimulatedApple;
  readonly #wall: { now: number };
  #virtual = Date.parse('2026-03-02T08:00:00Z');
  #rate: number;
  #set: number;
  #nonces = 0;

  private constructor(apple: SimulatedApple, wall: { now: number }, rate: number) {
    this.apple = apple;
    this.#wall = wall;
    this.#set = wall.now;
    this.#rate = rate;
  }

  static async start(
    clock: { readonly at: string; readonly rate?: number },
    scenario: object = {},
  ): Promise<Traveler> {
    const wall = { now: Date.parse('2026-11-20T10:00:00Z') };
    const host = { ...nodeHost, wall: () => wall.now };
    const apple = await simulateApple({ name: 'Time', clock, ...scenario }, { host });
    return new Traveler(apple, wall, clock.rate ?? 1);
  }

  get organization(): Organization {
    return this.apple.tenants.default.organization;
  }

  /** By a reckoning of our own. */
  get now(): number {
    return Math.floor(this.#virtual + (this.#wall.now - this.#set) * this.#rate);
  }

  get wallNow(): number {
    return this.#wall.now;
  }

  get wallSeconds(): number {
    return Math.floor(this.#wall.now / 1000);
  }

  move(move: Move): void {
    const { clock } = this.organization.runtime;
    if (move.kind === 'pass') {
      this.#wall.now += move.by;
      return;
    }
    const now = this.now;
    if (move.kind === 'advance') clock.advance(move.by);
    else clock.set({ rate: move.rate });
    this.#virtual = move.kind === 'advance' ? now + move.by : now;
    if (move.kind === 'rate') this.#rate = move.rate;
    this.#set = this.#wall.now;
  }

  async send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
    connection?: Connection,
  ): Promise<Outcome> {
    const [pathname = '', query = ''] = path.split('?');
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
    const transport = connection === undefined ? { name: 'test' } : { name: 'test', connection };
    const request = requestOf(method, pathname, { headers, body: bytes, query, transport });
    return this.apple.handle(request);
  }

  async ask(...sending: Parameters<Traveler['send']>): Promise<Answer> {
    const response = (await this.send(...sending)) as Response;
    const text = textOf(response);
    const isJson = /json/i.test(response.headers['content-type'] ?? '') && text !== '';
    return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
  }

  /** Signed by the client's own clock. */
  async openSession(): Promise<Answer> {
    this.#nonces += 1;
    const parameters = oauthParameters(currentToken(this.organization.enrollment.servers[0]!), {
      url: 'http://apple.test/session',
      nonce: `n${this.#nonces}`,
      timestamp: this.wallSeconds,
    });
    return this.ask('GET', '/session', { authorization: oauthHeader(parameters) });
  }

  dep(session: string, method: string, path: string, body?: unknown): Promise<Answer> {
    return this.ask(method, path, { 'x-adm-auth-session': session }, body);
  }

  content(method: string, path: string, body?: unknown): Promise<Answer> {
    const { content, account } = this.organization;
    const token = contentTokenFile(content.locations[0]!.tokens.at(-1)!, account.org_name);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return this.ask(method, `/mdm/v2${path}`, headers, body);
  }
}
