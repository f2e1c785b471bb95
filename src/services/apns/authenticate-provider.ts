import type { AppleError } from '../../core/apple-error.ts';
import type { ClientCertificate } from '../../core/client-certificate.ts';
import { type PushEnvironment, pushEnvironment } from '../../core/push-environment.ts';
import { type HttpRequest, hostName } from '../../core/request.ts';
import type { AuthenticationScheme } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import type { PushKey } from '../../organization/push/push-key.ts';
import { tagOf } from '../../organization/push/push-tokens.ts';
import { keyOf, tokenProblem, wrongSignature } from './check-provider-token.ts';
import { certificateProblem } from './connection-policy.ts';
import { deviceTokenOf, tagCredential, tokenCredential, topicCredential } from './credentials.ts';
import { apnsError } from './errors.ts';
import { isVerified, type ProviderToken, type UnreadableToken, verifySignature } from './provider-token.ts';
import { pushConnection, sentToken } from './push-connection.ts';

/** The authenticated sender of a push. */
export type Provider =
  | { readonly kind: 'certificate'; readonly certificate: ClientCertificate }
  | { readonly kind: 'token'; readonly key: PushKey }
  /** The plain port requires no credential: the device token selects the organization. */
  | { readonly kind: 'plain' };

const PLAIN: Provider = { kind: 'plain' };

/** The header field in which a client of the plain port names its topic. */
export const TOPIC_HEADER = 'x-crabapple-topic';

/** The credential for a device token: the token itself if a scenario gives it, else the tag of generated tokens. */
export function credentialOfDevice(
  token: string,
  isHeld: (credential: string) => boolean,
): string | undefined {
  const given = tokenCredential(token);
  if (isHeld(given)) return given;
  const tag = tagOf(token);
  if (tag === undefined) return undefined;
  const credential = tagCredential(tag);
  return isHeld(credential) ? credential : undefined;
}

/** What a push presents: the request, with its certificate, device token and topic, and its provider token. */
interface Presented {
  readonly request: HttpRequest;
  readonly token: ProviderToken | UnreadableToken | undefined;
}

/** The first credential of the request that an organization holds. */
function credential(
  { request, token }: Presented,
  isHeld: (credential: string) => boolean,
): string | undefined {
  const { headers, path, transport } = request;
  if (transport.connection?.certificate !== undefined) {
    const held = pushConnection(request)?.topics.find(isHeld);
    if (held !== undefined) return held;
  }
  if (token?.kind === 'token' && isHeld(token.credential)) return token.credential;
  const device = deviceTokenOf(path);
  const ofDevice = device === undefined ? undefined : credentialOfDevice(device, isHeld);
  if (ofDevice !== undefined) return ofDevice;
  const topic = headers[TOPIC_HEADER] ?? headers['apns-topic'];
  return topic === undefined || !isHeld(topicCredential(topic)) ? undefined : topicCredential(topic);
}

export const environmentOf = (request: HttpRequest): PushEnvironment =>
  pushEnvironment(hostName(request.authority));

/** https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns */
function repeatedHeader({ repeated }: HttpRequest): AppleError | undefined {
  const name = repeated?.find((field) => field !== 'cookie');
  return name === undefined
    ? undefined
    : apnsError('DuplicateHeaders', `the header field ${name} came more than once`);
}

function authenticate(
  organization: Organization,
  request: HttpRequest,
  { token }: Presented,
): Provider | AppleError | Promise<Provider | AppleError> {
  if (deviceTokenOf(request.path) === '')
    return apnsError('MissingDeviceToken', 'the path ends before the device token');
  const repeated = request.repeated === undefined ? undefined : repeatedHeader(request);
  if (repeated !== undefined) return repeated;
  const { connection } = request.transport;
  const environment = environmentOf(request);
  if (connection?.certificate !== undefined) {
    // With a certificate the `authorization` header is ignored.
    const { certificate } = connection;
    const problem = certificateProblem(organization, certificate, environment);
    return problem === undefined
      ? { kind: 'certificate', certificate }
      : apnsError(problem.reason, problem.why);
  }
  if (token === undefined) {
    if (connection?.secure !== true && request.headers.authorization === undefined) return PLAIN;
    return apnsError(
      'MissingProviderToken',
      request.headers.authorization === undefined
        ? 'neither a client certificate nor an authorization header was sent'
        : 'the authorization header is not `bearer` and a token',
    );
  }
  return authenticateToken(organization, request, token, environment);
}

function authenticateToken(
  organization: Organization,
  request: HttpRequest,
  token: ProviderToken | UnreadableToken,
  environment: PushEnvironment,
): Provider | AppleError | Promise<Provider | AppleError> {
  if (token.kind === 'unreadable') return apnsError('InvalidProviderToken', token.why);
  const key = keyOf(organization, token);
  if ('why' in key) return key;
  const outcome = (): Provider | AppleError =>
    tokenProblem(organization, token, key, environment, pushConnection(request)) ?? { kind: 'token', key };
  if (isVerified(organization, token, key)) return outcome();
  return verifySignature(organization, token, key).then((good) => (good ? outcome() : wrongSignature(key)));
}

/** A client certificate, a provider token, or on the plain port only the device token. */
export const providerScheme: AuthenticationScheme<Provider, Presented> = {
  name: 'provider',
  anonymous: true,
  read: (request) => ({ request, token: sentToken(request) }),
  credential,
  authenticate,
  errors: [
    'DuplicateHeaders',
    'MissingProviderToken',
    'InvalidProviderToken',
    'ExpiredProviderToken',
    'UnrelatedKeyIdInToken',
    'BadEnvironmentKeyInToken',
    'BadEnvironmentKeyIdInToken',
    'TooManyProviderTokenUpdates',
    'BadCertificate',
    'BadCertificateEnvironment',
  ],
};
