import type {
  Connection,
  ConnectionDecision,
  ConnectionFailure,
  HandshakeDecision,
  TlsPeer,
} from '../core/connection.ts';
import type { Engine } from './engine.ts';
import type { AppliedFault } from './faults/applied-fault.ts';
import { CONNECTION, TLS_ALERTS } from './faults/definition.ts';
import type { Stage } from './faults/stage.ts';
import type { JournalDraft } from './journal/entry.ts';
import { connectionView } from './journal/view.ts';
import type { Tenant } from './tenant.ts';

const HANDSHAKE: HandshakeDecision = { kind: 'handshake' };
const READ_HELLO: HandshakeDecision = { kind: 'read_hello' };
const SERVE: ConnectionDecision = { kind: 'serve' };

/** Decides about connections before their first request, by the policies of the services and by faults. */
export class ConnectionHandler {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** For every client of a TLS port, before its handshake. */
  beforeHandshake(peer: TlsPeer): HandshakeDecision {
    const { tenants } = this.#engine;
    if (tenants.size === 0) return HANDSHAKE;
    const { serverFaults, faults } = tenants.default;
    const matchesHost = serverFaults.matchesHost('handshake') || faults.matchesHost('handshake');
    if (matchesHost && peer.serverName === undefined) return READ_HELLO;
    const host = peer.serverName ?? undefined;
    const applied = matchFault(tenants.default, 'handshake', host, peer.port);
    if (applied === undefined) return HANDSHAKE;
    const decision = handshakeDecision(applied);
    this.#recordApplied(applied, decision.kind, host, peer.port);
    return decision;
  }

  /** For every new connection, before the server sends anything on it. */
  onConnection(connection: Connection): ConnectionDecision {
    const { tenants } = this.#engine;
    if (tenants.size === 0) return SERVE;
    const { decision, tenant } = this.#decide(connection);
    const { serverName } = connection;
    if (connection.protocol !== 'h2') {
      if (decision.kind === 'close') this.#record(tenant, { ended: 'close', why: decision.why }, serverName);
      return decision;
    }
    if (decision.kind !== 'serve') {
      this.#record(tenant, { ended: decision.kind, why: decision.why }, serverName);
      return decision;
    }
    const applied = matchFault(tenants.default, 'connection', serverName, undefined);
    const answer = applied?.definition.answer;
    if (applied === undefined || answer === undefined) return decision;
    if ('stream_limit' in answer) {
      this.#recordApplied(applied, 'stream_limit', serverName);
      return { ...decision, maxConcurrentStreams: answer.stream_limit };
    }
    if (!('goaway' in answer)) return decision;
    this.#recordApplied(applied, 'goaway', serverName);
    const reason = answer.goaway === true ? {} : { reason: answer.goaway };
    return { kind: 'goaway', ...reason, why: `${applied.id} of the fault table` };
  }

  /** Records a connection that failed: its TLS handshake, or its protocol. */
  connectionFailed({ ended, secure, serverName, why }: ConnectionFailure): void {
    const { tenants } = this.#engine;
    if (tenants.size > 0) this.#record(tenants.default, { ended, why }, serverName, { secure });
  }

  /** The first service whose policy concerns the connection decides. */
  #decide(connection: Connection): { readonly decision: ConnectionDecision; readonly tenant: Tenant } {
    const { tenants, services } = this.#engine;
    for (const { connectionPolicy } of services) {
      if (connectionPolicy === undefined) continue;
      const credential = connectionPolicy.credential(connection);
      const holder = credential === undefined ? undefined : tenants.byCredential(credential);
      const tenant = holder ?? tenants.default;
      const decision = connectionPolicy.decide(tenant.organization, connection);
      if (decision !== undefined) return { decision, tenant };
    }
    return { decision: SERVE, tenant: tenants.default };
  }

  #recordApplied({ id }: AppliedFault, ended: string, host: string | undefined, port?: number): void {
    const why = `${id} of the fault table applies to the connection`;
    this.#record(this.#engine.tenants.default, { ended, why, fault: id }, host, { port });
  }

  /** The journal entry of a connection that has no request. */
  #record(
    { id, organization }: Tenant,
    about: Pick<JournalDraft, 'ended' | 'why' | 'fault'>,
    host: string | undefined,
    { port, secure = true }: { readonly port?: number | undefined; readonly secure?: boolean } = {},
  ): void {
    const { clock } = organization.runtime;
    const wallAt = clock.wallNow();
    this.#engine.journal.record({
      at: clock.at(wallAt),
      wallAt,
      organization: id,
      operation: CONNECTION,
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

/** A connection has no organization yet: faults of the server and of the default organization apply to it. */
function matchFault(
  { serverFaults, faults }: Tenant,
  stage: Stage,
  host: string | undefined,
  port: number | undefined,
): AppliedFault | undefined {
  const context = { host, view: () => connectionView(port) };
  return faults.match(stage, CONNECTION, context, serverFaults.match(stage, CONNECTION, context));
}

function handshakeDecision({ definition: { answer } }: AppliedFault): HandshakeDecision {
  if (answer === undefined) return HANDSHAKE;
  if ('tls_alert' in answer) return { kind: 'tls_alert', alert: TLS_ALERTS[answer.tls_alert] };
  if ('reset' in answer) return { kind: 'reset' };
  if ('empty_reply' in answer) return { kind: 'empty_reply' };
  if ('stall' in answer) return { kind: 'stall' };
  return HANDSHAKE;
}
