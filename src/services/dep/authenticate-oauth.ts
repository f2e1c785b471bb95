import type { AppleError } from '../../core/apple-error.ts';
import { preciseInstant } from '../../core/clock.ts';
import { type HttpRequest, queryParameters } from '../../core/request.ts';
import { bothEnds } from '../../engine/matching/nearest-word.ts';
import type { AuthenticationScheme } from '../../engine/service.ts';
import type { MdmServer, ServerToken } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import { termsProblem, tooManyRequests } from './authenticate-session.ts';
import { consumerKeyCredential } from './credentials.ts';
import { depError } from './errors.ts';
import {
  type OAuthParameters,
  OAuthProblem,
  parseOAuthHeader,
  sameSignature,
  signatureOf,
  signedUrl,
} from './oauth.ts';

/** The MDM server that opens a session. */
export interface TokenHolder {
  readonly server: MdmServer;
}

const unauthorized = ({ behavior }: Organization, why: string): AppleError =>
  depError(behavior.dep.session_errors === 'depsim' ? 'SIMULATOR_UNAUTHORIZED' : 'OAUTH_UNAUTHORIZED', why);

const badRequest = ({ behavior }: Organization, why: string): AppleError =>
  depError(behavior.dep.session_errors === 'depsim' ? 'SIMULATOR_BAD_REQUEST' : 'OAUTH_BAD_REQUEST', why);

/** The access token is a secret: shows only as much of it as distinguishes two tokens. */
const shortened = (token: string): string =>
  token.length > 12 ? `${token.slice(0, 8)}…${token.slice(-4)}` : token;

interface Holding {
  readonly server: MdmServer;
  readonly token: ServerToken;
}

function holdings(organization: Organization, consumerKey: string): readonly Holding[] {
  return organization.enrollment.servers.flatMap((server) =>
    server.tokens.filter((token) => token.consumer_key === consumerKey).map((token) => ({ server, token })),
  );
}

/** Apple names the words for a token that is no longer good only in part: see `rejected_token_status`. */
function tokenProblem(organization: Organization, { server, token }: Holding): AppleError | undefined {
  const now = organization.runtime.clock.now();
  if (token.status !== 'valid') {
    return depError(
      organization.behavior.dep.rejected_token_status === '401'
        ? 'token_rejectedUnauthorized'
        : 'token_rejected',
      `the server token of "${server.serverName}" was ${token.status} in the portal; download the newest one`,
    );
  }
  if (token.expiresAt <= now) {
    return depError(
      'token_expiredForbidden',
      `the server token of "${server.serverName}" expired at ${preciseInstant(token.expiresAt)}; it is ${preciseInstant(now)}`,
    );
  }
  return undefined;
}

const isRead = (oauth: OAuthParameters | OAuthProblem | undefined): oauth is OAuthParameters =>
  oauth !== undefined && !(oauth instanceof OAuthProblem);

const requestPath = ({ mount = '', path }: HttpRequest): string => mount + path;

/** The signature was made for another URL, or with another secret: which one says more than that it is wrong. */
function whyWrongSignature(request: HttpRequest, oauth: OAuthParameters, { server, token }: Holding): string {
  const { consumer_secret, access_secret } = token;
  const parameters = [...oauth.signed, ...queryParameters(request)];
  const fits = (url: string, consumerSecret = consumer_secret, accessSecret = access_secret): boolean =>
    sameSignature(
      signatureOf({ method: request.method, url, parameters }, consumerSecret, accessSecret),
      oauth.signature,
    );
  const path = requestPath(request);
  const seen = signedUrl(request.scheme, request.authority, path);
  const host = request.authority.replace(/:\d+$/, '');
  const others = [
    signedUrl(request.scheme === 'http' ? 'https' : 'http', request.authority, path),
    signedUrl(request.scheme, host, path),
    signedUrl('https', host, path),
    signedUrl('https', 'mdmenrollment.apple.com', path),
  ];
  const signed = others.find((url) => fits(url));
  if (signed !== undefined) {
    const origin = signed.slice(0, signed.length - request.path.length);
    return `the client signed ${signed}, we saw ${seen}; start the server with --public-url ${origin}`;
  }
  if (fits(seen, access_secret, consumer_secret)) return 'consumer_secret and access_secret are exchanged';
  if (fits(seen, consumer_secret, '')) return 'the signature was made without the access_secret';
  return (
    `the signature does not fit: wrong consumer_secret or access_secret of "${server.serverName}", ` +
    `or the client signed another URL than ${seen}`
  );
}

function timeProblem(
  organization: Organization,
  oauth: OAuthParameters,
  server: MdmServer,
): AppleError | undefined {
  const { clock, clientTimes } = organization.runtime;
  const { oauth_window, oauth_nonce } = organization.behavior.dep;
  const now = clock.now();
  const nonce = `${oauth.consumerKey}:${oauth.timestamp}:${oauth.nonce}`;
  const stamped = clientTimes.toVirtual(nonce, Number(oauth.timestamp) * 1000);
  if (oauth_window > 0 && Math.abs(now - stamped) > oauth_window) {
    const seconds = Math.round(Math.abs(now - stamped) / 1000);
    return unauthorized(
      organization,
      `oauth_timestamp ${oauth.timestamp} is ${seconds} s ${stamped < now ? 'behind' : 'ahead of'} our time; ${oauth_window / 1000} s are allowed`,
    );
  }
  if (oauth_nonce === 'once') {
    const forgetAt = server.nonces.get(nonce);
    if (forgetAt !== undefined && forgetAt > now) {
      return unauthorized(organization, `oauth_nonce ${oauth.nonce} was used before with this timestamp`);
    }
    const life = oauth_window > 0 ? stamped + oauth_window - now + 1 : Number.POSITIVE_INFINITY;
    organization.apply({ type: 'nonce_used', server: server.index, nonce, forgetAt: now + life });
  }
  return undefined;
}

function authenticate(
  organization: Organization,
  request: HttpRequest,
  oauth: OAuthParameters | OAuthProblem | undefined,
): TokenHolder | AppleError {
  const { behavior } = organization;
  if (
    behavior.dep.session_content_type === 'exact' &&
    request.headers['content-type'] !== 'application/json;charset=UTF8'
  ) {
    return badRequest(
      organization,
      'the simulator wants `Content-Type: application/json;charset=UTF8` on /session',
    );
  }
  if (oauth === undefined) return badRequest(organization, 'the Authorization header is missing');
  if (oauth instanceof OAuthProblem) return badRequest(organization, oauth.why);

  const held = holdings(organization, oauth.consumerKey);
  if (held.length === 0)
    return unauthorized(organization, `consumer key ${bothEnds(oauth.consumerKey)} is not known`);
  const holding = held.findLast(({ token }) => token.access_token === oauth.token);
  if (holding === undefined) {
    const { serverName } = held[0]!.server;
    return unauthorized(organization, `oauth_token ${shortened(oauth.token)} is none of "${serverName}"`);
  }
  const { server, token } = holding;
  const problem = tokenProblem(organization, holding);
  if (problem !== undefined) return problem;

  if (behavior.dep.oauth_check === 'full') {
    const url = signedUrl(request.scheme, request.authority, requestPath(request));
    const parameters = [...oauth.signed, ...queryParameters(request)];
    const expected = signatureOf(
      { method: request.method, url, parameters },
      token.consumer_secret,
      token.access_secret,
    );
    if (!sameSignature(expected, oauth.signature)) {
      const why = whyWrongSignature(request, oauth, holding);
      return behavior.dep.bad_signature === 'signature_invalid'
        ? depError('signature_invalid', why)
        : unauthorized(organization, why);
    }
    const late = timeProblem(organization, oauth, server);
    if (late !== undefined) return late;
  }
  return termsProblem(organization, 'session') ?? tooManyRequests(organization, server) ?? { server };
}

/**
 * Two-legged OAuth 1.0a, as on `GET /session`. Order: form of the header, consumer key, token and its standing,
 * signature, time, nonce, terms. Apple does not publish an order; this one reveals the
 * standing of a token only to clients that have the right consumer key and access token.
 */
export const oauthScheme: AuthenticationScheme<TokenHolder, OAuthParameters | OAuthProblem | undefined> = {
  name: 'oauth',
  openApi: { type: 'http', scheme: 'OAuth', description: 'OAuth 1.0 with HMAC-SHA1, by the server token' },
  read: ({ headers: { authorization } }) =>
    authorization === undefined ? undefined : parseOAuthHeader(authorization),
  credential: (oauth) => (isRead(oauth) ? consumerKeyCredential(oauth.consumerKey) : undefined),
  authenticate,
  sender: (organization, oauth) =>
    isRead(oauth) ? holdings(organization, oauth.consumerKey)[0]?.server.serverName : undefined,
};
