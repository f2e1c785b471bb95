import type { MdmServer } from './mdm-server.ts';

/** Enough for the workers of any MDM; the oldest make room, as an unknown session then. */
const REMEMBERED_SESSIONS = 10_000;
const REMEMBERED_NONCES = 100_000;

export function openSession(server: MdmServer, token: string, alone: boolean, at: number): void {
  if (alone) for (const session of server.sessions.values()) session.endsAt = at;
  forgetOldest(server.sessions, REMEMBERED_SESSIONS);
  server.sessions.set(token, { token, usedAt: at, answers: 0, endsAt: Number.POSITIVE_INFINITY });
}

export function useSession(server: MdmServer, token: string, at: number): void {
  const session = server.sessions.get(token);
  if (session === undefined) return;
  session.usedAt = at;
  session.answers += 1;
}

export function rotateSession(
  server: MdmServer,
  token: string,
  successor: string,
  endsAt: number,
  at: number,
): void {
  const session = server.sessions.get(token);
  if (session !== undefined) session.endsAt = endsAt;
  openSession(server, successor, false, at);
}

export function useNonce(server: MdmServer, nonce: string, forgetAt: number, at: number): void {
  for (const [oldest, until] of server.nonces) {
    if (until > at) break;
    server.nonces.delete(oldest);
  }
  forgetOldest(server.nonces, REMEMBERED_NONCES);
  server.nonces.set(nonce, forgetAt);
}

const MINUTE = 60_000;

export function countRequest(server: MdmServer, at: number): void {
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
