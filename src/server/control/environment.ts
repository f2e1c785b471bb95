import type { HttpRequest } from '../../core/request.ts';
import type { Tenant } from '../../engine/tenant.ts';
import { locationNamed } from '../../organization/content/actions.ts';
import { contentTokenFile, offeredToken } from '../../organization/content/content-token.ts';
import type { Location } from '../../organization/content/location.ts';
import { currentToken, type MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { LOCATION, MDM_SERVER, namedServer } from './query.ts';
import { json, reply } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

/** A push certificate and its key, in PEM. */
export interface PushCertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** The addresses of a server. */
export interface Addresses {
  /** Base URL of the plain port; empty if it depends on the request, as in the user's own app. */
  readonly url: string;
  /** Base URL of the first TLS port; undefined without one. */
  readonly tlsUrl?: string | undefined;
  /** URL of the CONNECT proxy for `HTTPS_PROXY`; undefined without one. */
  readonly proxyUrl?: string | undefined;
  /** File with the certificate of the authority that signed the certificate of the TLS port. */
  readonly caFile?: string | undefined;
  /** Push certificates that were created for programs under test, by topic. */
  readonly pushCertificates?: ReadonlyMap<string, PushCertificateFiles> | undefined;
}

/** The addresses, with the URL that the request was sent to if no other is known. */
export const addressesFor = (
  addresses: Addresses,
  { scheme, authority, mount = '' }: HttpRequest,
): Addresses =>
  addresses.url === '' ? { ...addresses, url: `${scheme}://${authority}${mount}` } : addresses;

/** Whose credentials the environment has; by default those of the first. */
interface Selection {
  readonly server?: MdmServer | undefined;
  readonly location?: Location | undefined;
}

/** Fleet uses the URL as it is and adds only `ids`. */
const FLEET_QUERY = 'platform=iphone&additionalPlatforms=ipad,mac&extend[apps]=latestVersionInfo';

/** Environment variables with which programs reach the simulated Apple and authenticate. Secrets are not masked. */
export function environmentOf(
  apple: SimulatedApple,
  { url, tlsUrl, proxyUrl, caFile, pushCertificates }: Addresses,
  tenant: Tenant | undefined = apple.tenants.all.length === 0 ? undefined : apple.tenants.default,
  selection: Selection = {},
): Record<string, string> {
  const base = url.replace(/\/+$/, '');
  const environment: Record<string, string> = { CRABAPPLE_URL: base };
  if (tlsUrl !== undefined) environment.CRABAPPLE_TLS_URL = tlsUrl;
  if (proxyUrl !== undefined) environment.CRABAPPLE_PROXY_URL = proxyUrl;
  if (caFile !== undefined) environment.CRABAPPLE_CA_FILE = caFile;
  if (tenant === undefined) return environment;
  const { account, content, enrollment, definition, runtime } = tenant.organization;
  const { server = enrollment.servers[0], location = content.locations[0] } = selection;
  if (server !== undefined) {
    const token = currentToken(server);
    environment.CRABAPPLE_CONSUMER_KEY = token.consumer_key;
    environment.CRABAPPLE_CONSUMER_SECRET = token.consumer_secret;
    environment.CRABAPPLE_ACCESS_TOKEN = token.access_token;
    environment.CRABAPPLE_ACCESS_SECRET = token.access_secret;
  }
  const contentToken = offeredToken(location?.tokens ?? [], runtime.clock.now());
  if (contentToken !== undefined) {
    environment.CRABAPPLE_CONTENT_TOKEN = contentTokenFile(contentToken, account.org_name);
  }
  environment.FLEET_DEV_VPP_URL = `${base}/mdm/v2`;
  environment.FLEET_DEV_ITUNES_URL = `${base}/lookup`;
  environment.FLEET_DEV_STOKEN_AUTHENTICATED_APPS_URL = `${base}/v1/catalog/us/stoken-authenticated-apps?${FLEET_QUERY}`;
  environment.FLEET_DEV_VPP_PROXY_AUTH_URL = `${base}/api/vpp/v1/auth`;
  const { topic } = tenant.organization.push;
  environment.CRABAPPLE_PUSH_TOPIC = topic;
  const pushCertificate = pushCertificates?.get(topic);
  if (pushCertificate !== undefined) {
    environment.CRABAPPLE_PUSH_CERT_FILE = pushCertificate.certificateFile;
    environment.CRABAPPLE_PUSH_KEY_FILE = pushCertificate.keyFile;
  }
  environment.FLEET_DEV_MDM_APPLE_PUSH_SERVER_URL = base;
  if (definition.depsim) environment.MICROMDM_DEPSIM_URL = base;
  return environment;
}

export const readEnvironment = route({
  name: 'env',
  scope: 'organization',
  method: 'GET',
  path: 'env',
  about: 'Environment variables for programs under test, including secrets',
  query: {
    mdm_server: MDM_SERVER,
    location: LOCATION,
  },
  response: { about: 'values by name', schema: { type: 'object', additionalProperties: text() } },
  async handler({ context: { apple, options }, request, tenant, query }) {
    const { organization } = tenant;
    const server = query.mdm_server === undefined ? undefined : namedServer(organization, query.mdm_server);
    const location = query.location === undefined ? undefined : locationNamed(organization, query.location);
    await options.pushCertificate(organization);
    const addresses = addressesFor(options.addresses(), request);
    return json(environmentOf(apple, addresses, tenant, { server, location }));
  },
});

export const readCa = route({
  name: 'ca',
  scope: 'server',
  method: 'GET',
  path: 'ca.pem',
  about: 'The certificate of the authority that signed the certificate of the TLS port',
  response: {
    about: 'the certificate',
    type: 'application/x-pem-file',
    schema: text('an X.509 certificate in PEM'),
  },
  handler: async ({ context: { options } }) =>
    reply(200, 'application/x-pem-file', (await options.authority()).certificatePem),
});
