import type { ClientCertificate } from '../../src/core/client-certificate.ts';
import type { Connection } from '../../src/core/connection.ts';
import type { Outcome, Response } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import type { DeviceRef } from '../../src/organization/inventory/serial-numbers.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { watch } from '../coverage/seen.ts';

export const NOW = Date.parse('2026-03-02T08:00:00Z');

let connections = 0;

/** A connection that is a value and no socket. */
export function connectionWith(given: Partial<Connection> = {}): Connection {
  connections += 1;
  return {
    id: connections,
    protocol: 'h2',
    secure: true,
    serverName: 'api.push.apple.com',
    certificate: undefined,
    ...given,
  };
}

const DAY = 86_400_000;

export function certificateFor(topic: string, given: Partial<ClientCertificate> = {}): ClientCertificate {
  return {
    fingerprint: 'ab'.repeat(32),
    serialNumber: '01',
    commonName: `APSP:${topic}`,
    issuer: 'Crabapple',
    issuedHere: true,
    defaultTopic: topic,
    topics: [topic],
    environments: ['production'],
    notBefore: NOW - DAY,
    notAfter: NOW + 365 * DAY,
    ...given,
  };
}

export interface Sending {
  readonly method?: string;
  readonly path?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly repeated?: readonly string[];
  readonly body?: string | Uint8Array;
  readonly connection?: Connection;
  readonly authority?: string;
  readonly query?: string;
}

export interface Answer {
  readonly status: number;
  readonly reason: string | undefined;
  readonly timestamp: unknown;
  readonly headers: Response['headers'];
  readonly body: string;
  readonly why: string | undefined;
  readonly response: Response;
}

const encoder = new TextEncoder();

function answerOf(outcome: Outcome): Answer {
  if (outcome.kind !== 'response') throw new Error(`the outcome is ${outcome.kind}: ${outcome.why}`);
  const body = typeof outcome.body === 'string' ? outcome.body : '';
  const value = body === '' ? {} : JSON.parse(body);
  return {
    status: outcome.status,
    reason: value.reason,
    timestamp: value.timestamp,
    headers: outcome.headers,
    body,
    why: outcome.why,
    response: outcome,
  };
}

/** Who pushes to the devices of one organization. */
export class Provider {
  readonly apple: SimulatedApple;

  constructor(apple: SimulatedApple) {
    this.apple = apple;
  }

  get organization(): Organization {
    return this.apple.tenants.default.organization;
  }

  get topic(): string {
    return this.organization.push.topic;
  }

  device(index = 0): DeviceRef {
    return [...this.organization.enrollment.inventory.all()][index]!;
  }

  token(index = 0): string {
    return this.organization.push.registrations.token(registrationOf(this.device(index)))!;
  }

  magic(index = 0): string {
    return this.organization.push.registrations.magic(registrationOf(this.device(index)))!;
  }

  record(index = 0) {
    return this.organization.push.registrations.record(registrationOf(this.device(index)));
  }

  newest(index = 0) {
    return this.organization.push.newest.of(registrationOf(this.device(index)));
  }

  /** A connection with a certificate of the organization. */
  trusted(given: Partial<ClientCertificate> = {}): Connection {
    return connectionWith({ certificate: certificateFor(this.topic, given) });
  }

  request(sending: Sending = {}): HttpRequest {
    const {
      path = `/3/device/${sending.token ?? this.token()}`,
      body = JSON.stringify({ mdm: this.magic() }),
    } = sending;
    return {
      method: sending.method ?? 'POST',
      scheme: 'https',
      authority: sending.authority ?? 'api.push.apple.com',
      path,
      query: sending.query ?? '',
      headers: sending.headers ?? {},
      ...(sending.repeated === undefined ? {} : { repeated: sending.repeated }),
      body: typeof body === 'string' ? encoder.encode(body) : body,
      transport: { name: 'test', connection: sending.connection ?? this.trusted() },
    };
  }

  handle(sending: Sending = {}): Outcome | Promise<Outcome> {
    return this.apple.handle(this.request(sending));
  }

  async send(sending: Sending = {}): Promise<Answer> {
    return answerOf(await this.handle(sending));
  }

  /** @throws where the answer is a promise */
  sendAtOnce(sending: Sending = {}): Answer {
    const outcome = this.handle(sending);
    if (outcome instanceof Promise) throw new Error('the answer is a promise');
    return answerOf(outcome);
  }

  advance(milliseconds: number): void {
    this.organization.runtime.clock.advance(milliseconds);
  }
}

/** A simulated Apple of one scenario with one Mac, and a provider that sends pushes to it. */
export async function providerOf(scenario: object = {}): Promise<Provider> {
  const apple = await simulateApple({
    name: 'test',
    clock: { at: new Date(NOW).toISOString(), rate: 0 },
    client_time: 'virtual',
    devices: [{ serial_number: 'C02ACME0001', device_family: 'Mac' }, { generate: 50 }],
    ...scenario,
  });
  watch(apple);
  return new Provider(apple);
}
