import type { ServerCredentials } from '../definition.ts';
import { currentToken, type MdmServerState } from './mdm-server.ts';

/** Former tokens that are distinguished from unknown ones. */
const REMEMBERED_TOKENS = 16;

/** The portal issues a new token. The one in force is replaced, and its sessions end. */
export function renewServerToken(
  server: MdmServerState,
  credentials: ServerCredentials,
  expiresAt: number,
  at: number,
): void {
  const former = currentToken(server);
  if (former.status === 'valid') former.status = 'replaced';
  endSessions(server, at);
  server.tokens.push({ ...credentials, status: 'valid', expiresAt });
  dropOldestToken(server);
}

/** Tokens of the simulator stay: they are always valid. */
function dropOldestToken({ tokens }: MdmServerState): void {
  if (tokens.length <= REMEMBERED_TOKENS) return;
  const oldest = tokens.findIndex(({ status }) => status !== 'valid');
  if (oldest >= 0) tokens.splice(oldest, 1);
}

export function revokeServerToken(server: MdmServerState, at: number): void {
  currentToken(server).status = 'revoked';
  endSessions(server, at);
}

export function expireServerToken(server: MdmServerState, at: number): void {
  const token = currentToken(server);
  token.expiresAt = Math.min(token.expiresAt, at);
  endSessions(server, at);
}

function endSessions(server: MdmServerState, at: number): void {
  for (const session of server.sessions.values()) session.endsAt = Math.min(session.endsAt, at);
}

/** Enough for the workers of any MDM. The oldest session beyond that is dropped, and then unknown. */
const REMEMBERED_SESSIONS = 10_000;
const REMEMBERED_NONCES = 100_000;

export function openSession(server: MdmServerState, token: string, alone: boolean, at: number): void {
  if (alone) for (const session of server.sessions.values()) session.endsAt = at;
  forgetOldest(server.sessions, REMEMBERED_SESSIONS);
  server.sessions.set(token, { token, usedAt: at, answers: 0, endsAt: Number.POSITIVE_INFINITY });
}

export function useSession(server: MdmServerState, token: string, at: number): void {
  const session = server.sessions.get(token);
  if (session === undefined) return;
  session.usedAt = at;
  session.answers += 1;
}

export function rotateSession(
  server: MdmServerState,
  token: string,
  successor: string,
  endsAt: number,
  at: number,
): void {
  const session = server.sessions.get(token);
  if (session !== undefined) session.endsAt = endsAt;
  openSession(server, successor, false, at);
}

export function useNonce(server: MdmServerState, nonce: string, forgetAt: number, at: number): void {
  for (const [oldest, until] of server.nonces) {
    if (until > at) break;
    server.nonces.delete(oldest);
  }
  forgetOldest(server.nonces, REMEMBERED_NONCES);
  server.nonces.set(nonce, forgetAt);
}

const MINUTE = 60_000;

export function countRequest(server: MdmServerState, at: number): void {
  if (at - server.window.startedAt >= MINUTE || at < server.window.startedAt) {
    server.window.startedAt = at;
    server.window.requests = 0;
  }
  server.window.requests += 1;
}

function forgetOldest(map: Map<string, unknown>, bound: number): void {
  for (const oldest of map.keys()) {
    if (map.size < bound) return;
    map.delete(oldest);
  }
}
