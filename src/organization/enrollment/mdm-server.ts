import type { ServerCredentials } from '../definition.ts';
import type { SyncLog } from './sync-log.ts';

export type ServerTokenStatus = 'valid' | 'replaced' | 'revoked';

export interface ServerToken extends ServerCredentials {
  status: ServerTokenStatus;
  /** Virtual time, milliseconds since the epoch. */
  expiresAt: number;
}

export interface Session {
  readonly token: string;
  usedAt: number;
  /** Answers since the session began or was last rotated. */
  answers: number;
  /** Set once a successor was handed out, or another session took its place. */
  endsAt: number;
}

/** One MDM server that the organization has entered in the portal. */
export interface MdmServer {
  readonly index: number;
  readonly serverName: string;
  /** 32 upper-case hexadecimal digits. */
  readonly serverUuid: string;
  readonly adminId: string;
  /** The newest last; former ones are kept so that their use can be told from that of unknown ones. */
  readonly tokens: ServerToken[];
  readonly sessions: Map<string, Session>;
  readonly log: SyncLog;
  /** OAuth nonces in use, and the virtual time at which each may be forgotten. */
  readonly nonces: Map<string, number>;
  readonly window: { startedAt: number; requests: number };
}

/** The token in force. */
export function currentToken(server: MdmServer): ServerToken {
  return server.tokens[server.tokens.length - 1]!;
}
