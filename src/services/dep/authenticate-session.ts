import type { AppleError } from '../../core/apple-error.ts';
import { NO_HEADERS } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import type { MdmServer, Session } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import type { AuthenticationScheme } from '../operation.ts';
import { termsProblem, tooManyRequests } from './admission.ts';
import { depError } from './dep-error.ts';
import { protocolVersion } from './protocol-version.ts';
import { credentialOfToken, nextSessionToken } from './session-token.ts';

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
    if (user_agent === 'unchecked' || request.entrance.hidesUserAgent) return undefined;
    return depError('USER_AGENT_MISSING', 'the User-Agent header is missing or empty');
  }
  const denied = user_agent_denied.find((part) => agent.includes(part));
  if (denied === undefined || protocolVersion(organization, request) < user_agent_denied_from)
    return undefined;
  return depError('USER_AGENT_INVALID', `user agents with "${denied}" are refused by behavior`);
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

function authenticate(organization: Organization, request: HttpRequest): SessionHolder | AppleError {
  const token = request.headers['x-adm-auth-session']?.trim() ?? '';
  const agentProblem = userAgentProblem(organization, request);
  if (agentProblem !== undefined) return agentProblem;
  const held = findSession(organization, token);
  const problem = sessionProblem(organization, token, held);
  if (problem !== undefined || held === undefined) return problem!;
  const refused = termsProblem(organization, 'calls') ?? tooManyRequests(organization, held.server);
  if (refused !== undefined) return refused;
  organization.apply({ type: 'session_used', server: held.server.index, token });
  return held;
}

/** Any answer may carry a fresh token: the archived reference, "MDM Protocol Reference" chapter 4. */
function conclude(organization: Organization, { server, session }: SessionHolder): HeaderFields {
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
export const sessionScheme: AuthenticationScheme<SessionHolder> = {
  name: 'session',
  credential(request) {
    const token = request.headers['x-adm-auth-session']?.trim() ?? '';
    return token === '' ? undefined : credentialOfToken(token);
  },
  authenticate,
  errors: [
    'USER_AGENT_MISSING',
    'USER_AGENT_INVALID',
    'UNAUTHORIZED',
    'FORBIDDEN',
    'T_C_NOT_SIGNED',
    'TOO_MANY_REQUESTS',
  ],
  conclude,
};
