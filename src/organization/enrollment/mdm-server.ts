import type { Identifiers } from '../../core/identifiers.ts';
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

/**
 * Credentials that Apple's former simulator issued to everyone. They are built into micromdm
 * (https://github.com/micromdm/micromdm/blob/main/server/server.go) and nanodep's API description shows them
 * (https://github.com/micromdm/nanodep/blob/main/docs/openapi.yaml).
 */
export const DEPSIM_CREDENTIALS: ServerCredentials = {
  consumer_key:
    'CK_48dd68d198350f51258e885ce9a5c37ab7f98543c4a697323d75682a6c10a32501cb247e3db08105db868f73f2c972bdb6ae77112aea803b9219eb52689d42e6',
  consumer_secret:
    'CS_34c7b2b531a600d99a0e4edcf4a78ded79b86ef318118c2f5bcfee1b011108c32d5302df801adbe29d446eb78f02b13144e323eb9aad51c79f01e50cb45c3a68',
  access_token:
    'AT_927696831c59ba510cfe4ec1a69e5267c19881257d4bca2906a99d0785b785a6f6fdeb09774954fdd5e2d0ad952e3af52c6d8d2f21c924ba0caf4a031c158b89',
  access_secret:
    'AS_c31afd7a09691d83548489336e8ff1cb11b82b6bca13f793344496a556b1f4972eaff4dde6deb5ac9cf076fdfa97ec97699c34d515947b9cf9ed31c99dded6ba',
};

/** In the recorded form: `CK_…`, `CS_…`, `AT_O<digits>O<hex>O<digits>`, `AS_…`. The consumer key has the tag. */
export function deriveServerCredentials(identifiers: Identifiers, label: string): ServerCredentials {
  const digits = (part: string, count: number): string =>
    Array.from(identifiers.bytes(`${label} ${part}`).slice(0, count), (byte) => byte % 10).join('');
  return {
    consumer_key: `CK_${identifiers.taggedHex(`${label} consumer key`, 64)}`,
    consumer_secret: `CS_${identifiers.hex(`${label} consumer secret`, 40).toLowerCase()}`,
    access_token: `AT_O${digits('a', 10)}O${identifiers.hex(`${label} access token`, 40).toLowerCase()}O${digits('b', 13)}`,
    access_secret: `AS_${identifiers.hex(`${label} access secret`, 40).toLowerCase()}`,
  };
}
