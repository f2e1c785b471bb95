import type {
  Connection,
  ConnectionDecision,
  ConnectionFailure,
  HandshakeDecision,
  TlsPeer,
} from '../core/connection.ts';
import { connectionCredential, greet } from '../services/apns/greet.ts';
import type { Engine } from './engine.ts';
import type { AppliedFault } from './faults/applied-fault.ts';
import { admissionOf, matchConnection } from './faults/connections.ts';
import { APPROACH } from './faults/definition.ts';
import type { JournalDraft } from './journal/entry.ts';
import type { Journal } from './journal/journal.ts';
import type { Tenant } from './tenant.ts';
import type { Tenants } from './tenants.ts';

const HANDSHAKE: HandshakeDecision = { kind: 'handshake' };
const READ_HELLO: HandshakeDecision = { kind: 'read_hello' };
const SERVE: ConnectionDecision = { kind: 'serve' };

/** What becomes of connections, before the first request comes on them: for transports that have some. */
export class Reception {
  readonly #tenants: Tenants;
  readonly #journal: Journal;

  constructor({ tenants, journal }: Pick<Engine, 'tenants' | 'journal'>) {
    this.#tenants = tenants;
    this.#journal = journal;
  }

  /** Asked by the TLS transport for every peer before its handshake. */
  admit(approach: TlsPeer): HandshakeDecision {
    if (this.#tenants.size === 0) return HANDSHAKE;
    const tenant = this.#tenants.default;
    const needsHost = tenant.serverFaults.matchesHost('approach') || tenant.faults.matchesHost('approach');
    if (needsHost && approach.serverName === undefined) return READ_HELLO;
    const host = approach.serverName ?? undefined;
    const applied = matchConnection(tenant, 'approach', host, approach.port);
    if (applied === undefined) return HANDSHAKE;
    const admission = admissionOf(applied);
    this.#recordApplied(applied, admission.kind, host, approach.port);
    return admission;
  }

  /** Told by the transports of a connection that failed by itself. */
  lose({ ended, secure, serverName, why }: ConnectionFailure): void {
    if (this.#tenants.size > 0) this.#record(this.#tenants.default, { ended, why }, serverName, { secure });
  }

  /** Asked by the transports for every new connection. */
  greet(connection: Connection): ConnectionDecision {
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
    const applied = matchConnection(this.#tenants.default, 'greeting', serverName, undefined);
    const answer = applied?.definition.answer;
    if (applied === undefined || answer === undefined) return greeting;
    if ('stream_limit' in answer) {
      this.#recordApplied(applied, 'stream_limit', serverName);
      return { ...greeting, maxConcurrentStreams: answer.stream_limit };
    }
    if (!('goaway' in answer)) return greeting;
    this.#recordApplied(applied, 'goaway', serverName);
    const reason = answer.goaway === true ? {} : { reason: answer.goaway };
    return { kind: 'goaway', ...reason, why: `${applied.id} of the fault table` };
  }

  #greeting(connection: Connection): { readonly greeting: ConnectionDecision; readonly tenant: Tenant } {
    const credential = connectionCredential(connection);
    const holder = credential === undefined ? undefined : this.#tenants.byCredential(credential);
    const tenant = holder ?? this.#tenants.default;
    // Of Apple's services the push service alone has a say in how a connection begins.
    const greeting = greet(tenant.organization, connection);
    return greeting === undefined ? { greeting: SERVE, tenant: this.#tenants.default } : { greeting, tenant };
  }

  #recordApplied({ id }: AppliedFault, ended: string, host: string | undefined, port?: number): void {
    const why = `${id} of the fault table applies to the connection`;
    this.#record(this.#tenants.default, { ended, why, fault: id }, host, { port });
  }

  /** A connection that is turned away, or applied by a fault, has no request; it is in the journal all the same. */
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
      transport: secure ? 'tls' : 'http2',
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
