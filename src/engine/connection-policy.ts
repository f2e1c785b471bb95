import type { Admission, Approach, Connection, Greeting, LostConnection } from '../core/connection.ts';
import { connectionCredential, greet } from '../services/apns/greet.ts';
import type { Exchange } from './engine.ts';
import type { Struck } from './faults/applied-fault.ts';
import { admissionOf, strikeConnection } from './faults/connections.ts';
import { APPROACH } from './faults/definition.ts';
import type { JournalDraft } from './journal/entry.ts';
import type { Journal } from './journal/journal.ts';
import type { Tenant } from './tenant.ts';
import type { Tenants } from './tenants.ts';

const HANDSHAKE: Admission = { kind: 'handshake' };
const READ_HELLO: Admission = { kind: 'read_hello' };
const SERVE: Greeting = { kind: 'serve' };

/** What becomes of connections, before the first request comes on them: for doors that have some. */
export class Reception {
  readonly #tenants: Tenants;
  readonly #journal: Journal;

  constructor({ tenants, journal }: Pick<Exchange, 'tenants' | 'journal'>) {
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
    this.#recordStruck(struck, admission.kind, host, approach.port);
    return admission;
  }

  /** Told by the doors of a connection that failed by itself. */
  lose({ ended, secure, serverName, why }: LostConnection): void {
    if (this.#tenants.size > 0) this.#record(this.#tenants.default, { ended, why }, serverName, { secure });
  }

  /** Asked by the doors for every new connection. */
  greet(connection: Connection): Greeting {
    if (this.#tenants.size === 0) return SERVE;
    const { greeting, tenant } = this.#greeting(connection);
    const { serverName } = connection;
    if (connection.protocol !== 'h2') {
      if (greeting.kind === 'close') this.#record(tenant, { ended: 'close', why: greeting.why }, serverName);
      return greeting;
    }
    if (greeting.kind !== 'serve') {
      this.#record(tenant, { ended: greeting.kind, why: greeting.why }, serverName);
      return greeting;
    }
    const struck = strikeConnection(this.#tenants.default, 'greeting', serverName, undefined);
    const answer = struck?.definition.answer;
    if (struck === undefined || answer === undefined) return greeting;
    if ('stream_limit' in answer) {
      this.#recordStruck(struck, 'stream_limit', serverName);
      return { ...greeting, maxConcurrentStreams: answer.stream_limit };
    }
    if (!('goaway' in answer)) return greeting;
    this.#recordStruck(struck, 'goaway', serverName);
    const reason = answer.goaway === true ? {} : { reason: answer.goaway };
    return { kind: 'goaway', ...reason, why: `${struck.id} of the fault table` };
  }

  #greeting(connection: Connection): { readonly greeting: Greeting; readonly tenant: Tenant } {
    const credential = connectionCredential(connection);
    const holder = credential === undefined ? undefined : this.#tenants.byCredential(credential);
    const tenant = holder ?? this.#tenants.default;
    // Of Apple's services the push service alone has a say in how a connection begins.
    const greeting = greet(tenant.organization, connection);
    return greeting === undefined ? { greeting: SERVE, tenant: this.#tenants.default } : { greeting, tenant };
  }

  #recordStruck({ id }: Struck, ended: string, host: string | undefined, port?: number): void {
    const why = `${id} of the fault table strikes the connection`;
    this.#record(this.#tenants.default, { ended, why, fault: id }, host, { port });
  }

  /** A connection that is turned away, or struck by a fault, has no request; it is in the journal all the same. */
  #record(
    { id, organization }: Tenant,
    about: Pick<JournalDraft, 'ended' | 'why' | 'fault'>,
    host: string | undefined,
    { port, secure = true }: { readonly port?: number | undefined; readonly secure?: boolean } = {},
  ): void {
    const { clock } = organization.runtime;
    const wallAt = clock.wallNow();
    this.#journal.record({
      at: clock.at(wallAt),
      wallAt,
      organization: id,
      operation: APPROACH,
      door: secure ? 'tls' : 'http2',
      request: {
        method: '',
        scheme: secure ? 'https' : 'http',
        authority: host ?? '',
        path: '',
        query: port === undefined ? '' : `port=${port}`,
        headers: {},
        body: { kind: 'whole', bytes: '' },
      },
      response: undefined,
      ...about,
    });
  }
}
