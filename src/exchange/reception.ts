import type { Admission, Approach, Connection, Greeting } from '../http/connection.ts';
import type { Service } from '../services/operation.ts';
import { admissionOf, strikeConnection } from './faults/connections.ts';
import { APPROACH } from './faults/definition.ts';
import type { Struck } from './faults/struck.ts';
import type { Journal } from './journal/journal.ts';
import type { Tenant } from './tenant.ts';
import type { Tenants } from './tenants.ts';

const HANDSHAKE: Admission = { kind: 'handshake' };
const READ_HELLO: Admission = { kind: 'read_hello' };
const SERVE: Greeting = { kind: 'serve' };

/** What becomes of connections, before the first request comes on them. */
export class Reception {
  readonly #services: readonly Service[];
  readonly #tenants: Tenants;
  readonly #journal: Journal;

  constructor(services: readonly Service[], tenants: Tenants, journal: Journal) {
    this.#services = services;
    this.#tenants = tenants;
    this.#journal = journal;
  }

  /** Asked by the TLS door for every peer before its handshake. */
  admit(approach: Approach): Admission {
    if (this.#tenants.size === 0) return HANDSHAKE;
    const tenant = this.#tenants.default;
    const asksHost = tenant.serverFaults.asksHost('approach') || tenant.faults.asksHost('approach');
    if (asksHost && approach.serverName === undefined) return READ_HELLO;
    const host = approach.serverName ?? undefined;
    const struck = strikeConnection(tenant, 'approach', host, approach.port);
    if (struck === undefined) return HANDSHAKE;
    const admission = admissionOf(struck);
    this.#recordConnection(tenant, struck, admission.kind, host, approach.port);
    return admission;
  }

  /** Asked by the doors for every new connection. */
  greet(connection: Connection): Greeting {
    if (this.#tenants.size === 0) return SERVE;
    const greeting = this.#greeting(connection);
    if (connection.protocol !== 'h2' || greeting.kind !== 'serve') return greeting;
    const tenant = this.#tenants.default;
    const struck = strikeConnection(tenant, 'greeting', connection.serverName, undefined);
    const answer = struck?.definition.answer;
    if (struck === undefined || answer === undefined) return greeting;
    if ('stream_limit' in answer) {
      this.#recordConnection(tenant, struck, 'stream_limit', connection.serverName, undefined);
      return { ...greeting, maxConcurrentStreams: answer.stream_limit };
    }
    if (!('goaway' in answer)) return greeting;
    this.#recordConnection(tenant, struck, 'goaway', connection.serverName, undefined);
    const reason = answer.goaway === true ? {} : { reason: answer.goaway };
    return { kind: 'goaway', ...reason, why: `${struck.id} of the fault table` };
  }

  #greeting(connection: Connection): Greeting {
    for (const service of this.#services) {
      if (service.greet === undefined) continue;
      const credential = service.connectionCredential?.(connection);
      const tenant = credential === undefined ? undefined : this.#tenants.byCredential(credential);
      const greeting = service.greet((tenant ?? this.#tenants.default).organization, connection);
      if (greeting !== undefined) return greeting;
    }
    return SERVE;
  }

  /** A connection that a fault strikes has no request; it is in the journal all the same. */
  #recordConnection(
    tenant: Tenant,
    { id }: Struck,
    ended: string,
    host: string | undefined,
    port: number | undefined,
  ): void {
    const { clock } = tenant.organization.runtime;
    const wallAt = clock.wallNow();
    this.#journal.record({
      at: clock.at(wallAt),
      wallAt,
      organization: tenant.id,
      operation: APPROACH,
      door: 'tls',
      request: {
        method: '',
        scheme: 'https',
        authority: host ?? '',
        path: '',
        query: port === undefined ? '' : `port=${port}`,
        headers: {},
        body: { kind: 'whole', bytes: '' },
      },
      response: undefined,
      ended,
      why: `${id} of the fault table strikes the connection`,
      fault: id,
    });
  }
}
