import type { AppleError } from '../../core/apple-error.ts';
import { NO_HEADERS } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import type { AuthenticationScheme } from '../../engine/service.ts';
import type { MdmServer, Session } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import { credentialOfToken, nextSessionToken } from './credentials.ts';
import { depError } from './errors.ts';
import { protocolVersion } from './render.ts';

/**
 * Expired terms are reported by `/session` and by calls of a valid session:
 * https://github.com/fleetdm/fleet/issues/8431
 */
export function termsProblem(organization: Organization, where: 'session' | 'calls'): AppleError | undefined {
  if (organization.enrollment.terms === 'accepted') return undefined;
  const { expired_terms } = organization.behavior.dep;
  if (expired_terms !== 'everywhere' && expired_terms !== where) return undefined;
  return depError('T_C_NOT_SIGNED', 'the organization has not accepted the newest terms and conditions');
}

/** Counts the request. No limit is published: https://github.com/cmdmnt/commandment shows the simulator's answer. */
export function tooManyRequests(organization: Organization, server: MdmServer): AppleError | undefined {
  const { requests_per_minute, retry_after } = organization.behavior.dep;
  if (requests_per_minute === 0) return undefined;
  organization.apply({ type: 'request_counted', server: server.index });
  if (server.window.requests <= requests_per_minute) return undefined;
  const seconds = Math.max(1, Math.ceil(retry_after / 1000));
  return depError(
    'TOO_MANY_REQUESTS',
    `"${server.serverName}" sent ${server.window.requests} requests within a minute; ${requests_per_minute} are allowed`,
    { 'retry-after': String(seconds) },
  );
}

/** An MDM server that calls within a session. */
export interface SessionHolder {
  readonly server: MdmServer;
  readonly session: Session;
}

/** https://developer.apple.com/documentation/devicemanagement/fetch-devices lists both words. */
function userAgentProblem(organization: Organization, request: HttpRequest): AppleError | undefined {
  const { user_agent, user_agent_denied, user_agent_denied_from } = organization.behavior.dep;
  const agent = request.headers['user-agent'] ?? '';
  if (agent.trim() === '') {
    if (user_agent === 'unchecked' || request.transport.hidesUserAgent) return undefined;
    return depError('USER_AGENT_MISSING', 'the User-Agent header is missing or empty');
  }
  const denied = user_agent_denied.find((part) => agent.includes(part));
  if (denied === undefined || protocolVersion(organization, request) < user_agent_denied_from)
    return undefined;
  return depError('USER_AGENT_INVALID', `user agents with "${denied}" are rejected by behavior`);
}

function findSession(organization: Organization, token: string): SessionHolder | undefined {
  for (const server of organization.enrollment.servers) {
    const session = server.sessions.get(token);
    if (session !== undefined) return { server, session };
  }
  return undefined;
}

/** A session ends by idleness, by a successor, or with the server token that it came from. */
function sessionProblem(
  organization: Organization,
  token: string,
  held: SessionHolder | undefined,
): AppleError | undefined {
  const { bad_session, session_idle } = organization.behavior.dep;
  if (token === '') return depError('UNAUTHORIZED', 'the X-ADM-Auth-Session header is missing');
  if (held === undefined) {
    return depError(
      bad_session === 'split' ? 'FORBIDDEN' : 'UNAUTHORIZED',
      'the session is not known: it is foreign, or from before a reset or restart',
    );
  }
  const now = organization.runtime.clock.now();
  const { session } = held;
  if (session.endsAt <= now)
    return depError('UNAUTHORIZED', 'the session has ended; ask /session for a new one');
  if (now - session.usedAt >= session_idle) {
    const idle = Math.round((now - session.usedAt) / 1000);
    return depError(
      'UNAUTHORIZED',
      `the session was idle for ${idle} s; ${session_idle / 1000} s are allowed`,
    );
  }
  return undefined;
}

function authenticate(
  organization: Organization,
  request: HttpRequest,
  token: string,
): SessionHolder | AppleError {
  const agentProblem = userAgentProblem(organization, request);
  if (agentProblem !== undefined) return agentProblem;
  const held = findSession(organization, token);
  const problem = sessionProblem(organization, token, held);
  if (problem !== undefined || held === undefined) return problem!;
  const rejected = termsProblem(organization, 'calls') ?? tooManyRequests(organization, held.server);
  if (rejected !== undefined) return rejected;
  organization.apply({ type: 'session_used', server: held.server.index, token });
  return held;
}

/** Any answer may carry a fresh token: the archived reference, "MDM Protocol Reference" chapter 4. */
function responseHeaders(organization: Organization, { server, session }: SessionHolder): HeaderFields {
  const { session_rotation, session_rotation_grace } = organization.behavior.dep;
  if (session_rotation === 0 || session.answers < session_rotation) return NO_HEADERS;
  const now = organization.runtime.clock.now();
  // Only the first of several answers hands out the successor.
  if (session.endsAt !== Number.POSITIVE_INFINITY) return NO_HEADERS;
  const successor = nextSessionToken(organization);
  organization.apply({
    type: 'session_rotated',
    server: server.index,
    token: session.token,
    successor,
    endsAt: now + session_rotation_grace,
  });
  return { 'x-adm-auth-session': successor };
}

/** `X-ADM-Auth-Session`, as on every call but `/session`. */
export const sessionScheme: AuthenticationScheme<SessionHolder, string> = {
  name: 'session',
  openApi: {
    type: 'apiKey',
    in: 'header',
    name: 'X-ADM-Auth-Session',
    description: 'session token of GET /session',
  },
  read: ({ headers }) => headers['x-adm-auth-session']?.trim() ?? '',
  credential: (token) => (token === '' ? undefined : credentialOfToken(token)),
  authenticate,
  sender: (organization, token) => findSession(organization, token)?.server.serverName,
  errors: [
    'USER_AGENT_MISSING',
    'USER_AGENT_INVALID',
    'UNAUTHORIZED',
    'FORBIDDEN',
    'T_C_NOT_SIGNED',
    'TOO_MANY_REQUESTS',
  ],
  responseHeaders,
};
