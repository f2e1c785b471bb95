import type { ServerCredentials } from '../definition.ts';
import { currentToken, type MdmServer } from './mdm-server.ts';

/** Former tokens kept apart from unknown ones. */
const REMEMBERED_TOKENS = 16;

/** The portal issues a new token: the one in force is replaced, its sessions end. */
export function renewServerToken(
  server: MdmServer,
  credentials: ServerCredentials,
  expiresAt: number,
  at: number,
): void {
  const former = currentToken(server);
  if (former.status === 'valid') former.status = 'replaced';
  endSessions(server, at);
  server.tokens.push({ ...credentials, status: 'valid', expiresAt });
  forgetOldest(server);
}

/** Those of the simulator stay: they are valid for good. */
function forgetOldest({ tokens }: MdmServer): void {
  if (tokens.length <= REMEMBERED_TOKENS) return;
  const oldest = tokens.findIndex(({ status }) => status !== 'valid');
  if (oldest >= 0) tokens.splice(oldest, 1);
}

export function revokeServerToken(server: MdmServer, at: number): void {
  currentToken(server).status = 'revoked';
  endSessions(server, at);
}

export function expireServerToken(server: MdmServer, at: number): void {
  const token = currentToken(server);
  token.expiresAt = Math.min(token.expiresAt, at);
  endSessions(server, at);
}

function endSessions(server: MdmServer, at: number): void {
  for (const session of server.sessions.values()) session.endsAt = Math.min(session.endsAt, at);
}
