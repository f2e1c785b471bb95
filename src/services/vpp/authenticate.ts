import type { AppleError } from '../../core/apple-error.ts';
import { instant } from '../../core/clock.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { AuthenticationScheme } from '../../engine/service.ts';
import { tokenOfCredential } from '../../organization/content/content-token.ts';
import type { Organization } from '../../organization/organization.ts';
import { bearerOf, type ContentManager, contentCredential, managerWith } from './credentials.ts';
import { vppError } from './errors.ts';

/**
 * The holder of a content token, or why it is rejected.
 *
 * @param token the member `token` of the content token; undefined if it has none
 */
export function managerOf(
  organization: Organization,
  token: string | undefined,
): ContentManager | AppleError {
  if (token === undefined) {
    return vppError('9622', 'the content token is no base64 of a JSON object with a `token`');
  }
  const manager = managerWith(organization, token);
  if (manager === undefined) return vppError('9622', 'no location has that content token');
  const { location } = manager;
  if (manager.token.status === 'revoked') {
    return vppError('9625', `the content token of "${location.name}" was revoked`);
  }
  if (manager.token.expiresAt <= organization.runtime.clock.now()) {
    const since = instant(manager.token.expiresAt);
    return vppError('9621', `the content token of "${location.name}" expired at ${since}`);
  }
  return manager;
}

/**
 * https://developer.apple.com/documentation/devicemanagement/service-config has the limit. It is off by default, because
 * whether it is reached depends on the speed of the machine.
 */
function tooManyRequests(organization: Organization, { location, number, token }: ContentManager) {
  const { rate_limit, max_requests_per_second } = organization.behavior.vpp;
  if (rate_limit === 'off') return undefined;
  const second = Math.floor(organization.runtime.clock.now() / 1000);
  organization.apply({ type: 'content_request_counted', location: location.index, token: number, second });
  if (token.requests <= max_requests_per_second) return undefined;
  return vppError(
    '9646',
    `the content token was used ${token.requests} times within a second; ${max_requests_per_second} are allowed`,
  );
}

function contentTypeProblem({ behavior }: Organization, request: HttpRequest) {
  if (behavior.vpp.content_type === 'unchecked' || request.method !== 'POST') return undefined;
  if (request.body.length === 0) return undefined;
  const type = request.headers['content-type'];
  // Fleet sends bodies without one: https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go
  if (type === undefined || /^application\/json\b/i.test(type)) return undefined;
  return vppError('9727', `the content type is ${JSON.stringify(type.slice(0, 80))}, not application/json`);
}

/** The content token of the `Authorization` header: undefined without `Bearer`, else its member `token`. */
type Bearer = { readonly token: string | undefined } | undefined;

function readBearer(request: HttpRequest): Bearer {
  const bearer = bearerOf(request);
  return bearer === undefined ? undefined : { token: tokenOfCredential(bearer) };
}

const credential = (bearer: Bearer): string | undefined =>
  bearer?.token === undefined ? undefined : contentCredential(bearer.token);

function authenticate(
  organization: Organization,
  request: HttpRequest,
  bearer: Bearer,
  writes: boolean,
): ContentManager | AppleError {
  if (bearer === undefined) {
    return vppError('9722', 'the Authorization header must be `Bearer`, a space and the content token');
  }
  const manager = managerOf(organization, bearer.token);
  if (!('location' in manager)) return manager;
  const { location, token } = manager;
  // https://developer.apple.com/documentation/devicemanagement/handling-error-responses
  if (token.kind === 'legacy')
    return vppError('9647', 'the content token is of a facilitator, not of a location');
  if (writes && token.rights === 'read_only') {
    return vppError('9637', 'the content token may only read');
  }
  const problem = tooManyRequests(organization, manager) ?? contentTypeProblem(organization, request);
  if (problem !== undefined) return problem;
  if (!location.usedByV2) organization.apply({ type: 'content_used_by_v2', location: location.index });
  return manager;
}

const READ_ERRORS = ['9621', '9622', '9625', '9646', '9647', '9722'];

const scheme = (writes: boolean): AuthenticationScheme<ContentManager, Bearer> => ({
  name: 'content_token',
  openApi: {
    type: 'http',
    scheme: 'bearer',
    description: 'content token, the content of the .vpptoken file',
  },
  errors: [...READ_ERRORS, ...(writes ? ['9637', '9727'] : [])],
  read: readBearer,
  credential,
  authenticate: (organization, request, bearer) => authenticate(organization, request, bearer, writes),
});

/** `Authorization: Bearer` with the content token, for calls that read. */
export const readScheme = scheme(false);

/** The same for calls that write, which a content manager with read-only rights may not do. */
export const writeScheme = scheme(true);

/** Requires no credential. A content token selects the organization whose limits are returned. */
export const anybodyScheme: AuthenticationScheme<undefined, Bearer> = {
  name: 'none',
  anonymous: true,
  read: readBearer,
  credential,
  authenticate: () => undefined,
};
