import type { ServerCredentials } from '../definition.ts';
import type { SyncLog, SyncLogReader } from './sync-log.ts';

export type ServerTokenStatus = 'valid' | 'replaced' | 'revoked';

export interface ServerToken extends ServerCredentials {
  status: ServerTokenStatus;
  /** Virtual time, milliseconds since the epoch. */
  expiresAt: number;
}

export interface Session {
  readonly token: string;
  usedAt: number;
  /** Responses since the session was opened or last rotated. */
  answers: number;
  /** Finite once a successor was issued, or another session replaced it. */
  endsAt: number;
}

/** One MDM server of the organization in the portal, as reducers write it. */
export interface MdmServerState {
  readonly index: number;
  readonly serverName: string;
  /** 32 upper-case hexadecimal digits. */
  readonly serverUuid: string;
  readonly adminId: string;
  /** The newest last. Former ones stay, so that requests with them get another error than unknown ones. */
  tokens: ServerToken[];
  readonly sessions: Map<string, Session>;
  readonly log: SyncLog;
  /** OAuth nonces in use, and the virtual time at which each may be forgotten. */
  readonly nonces: Map<string, number>;
  /** Requests of the current minute. */
  readonly window: { startedAt: number; requests: number };
}

/** The same for everything but reducers. */
export interface MdmServer extends Pick<MdmServerState, 'index' | 'serverName' | 'serverUuid' | 'adminId'> {
  readonly tokens: readonly Readonly<ServerToken>[];
  readonly sessions: ReadonlyMap<string, Readonly<Session>>;
  readonly log: SyncLogReader;
  readonly nonces: ReadonlyMap<string, number>;
  readonly window: Readonly<MdmServerState['window']>;
}

/** The token in force. */
export function currentToken(server: MdmServerState): ServerToken;
export function currentToken(server: MdmServer): Readonly<ServerToken>;
export function currentToken({ tokens }: MdmServer): Readonly<ServerToken> {
  return tokens[tokens.length - 1]!;
}

/** The MDM server with that name or UUID; the first if no name is given. */
export function serverNamed(
  { servers }: { readonly servers: readonly MdmServer[] },
  name: string | undefined,
): MdmServer | undefined {
  return name === undefined
    ? servers[0]
    : servers.find(({ serverName, serverUuid }) => serverName === name || serverUuid === name);
}
