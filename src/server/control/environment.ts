import type { HttpRequest } from '../../core/request.ts';
import type { Tenant } from '../../engine/tenant.ts';
import { contentTokenFile, offeredToken } from '../../organization/content/content-token.ts';
import type { Location } from '../../organization/content/location.ts';
import { currentToken, type MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';

/** A push certificate and its key, in PEM. */
export interface PushCertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Where a server is found. */
export interface Addresses {
  /** Base URL of the plain port; empty where only a request can tell, as in an app that somebody else serves. */
  readonly url: string;
  /** Base URL of the first TLS port; undefined where none is open. */
  readonly tlsUrl?: string | undefined;
  /** URL of the CONNECT proxy, as `HTTPS_PROXY` wants it; undefined where none is open. */
  readonly proxyUrl?: string | undefined;
  /** The certificate of the authority that signed the one of the TLS port. */
  readonly caFile?: string | undefined;
  /** Push certificates that were made for programs under test, by topic. */
  readonly pushCertificates?: ReadonlyMap<string, PushCertificateFiles> | undefined;
}

/** Where a server is found, by where a request found it if nobody said so. */
export const foundAt = (addresses: Addresses, { scheme, authority, mount = '' }: HttpRequest): Addresses =>
  addresses.url === '' ? { ...addresses, url: `${scheme}://${authority}${mount}` } : addresses;

/** Whose credentials are handed out; those of the first where not given. */
interface Chosen {
  readonly server?: MdmServer | undefined;
  readonly location?: Location | undefined;
}

/** Fleet takes the address as it is, and adds nothing but `ids`. */
const FLEET_QUERY = 'platform=iphone&additionalPlatforms=ipad,mac&extend[apps]=latestVersionInfo';

/** Environment variables by which programs find the simulated Apple and get in. Secrets are not masked. */
export function environmentOf(
  crabapple: SimulatedApple,
  { url, tlsUrl, proxyUrl, caFile, pushCertificates }: Addresses,
  tenant: Tenant | undefined = crabapple.tenants.all.length === 0 ? undefined : crabapple.tenants.default,
  chosen: Chosen = {},
): Record<string, string> {
  const base = url.replace(/\/+$/, '');
  const environment: Record<string, string> = { CRABAPPLE_URL: base };
  if (tlsUrl !== undefined) environment.CRABAPPLE_TLS_URL = tlsUrl;
  if (proxyUrl !== undefined) environment.CRABAPPLE_PROXY_URL = proxyUrl;
  if (caFile !== undefined) environment.CRABAPPLE_CA_FILE = caFile;
  if (tenant === undefined) return environment;
  const { account, content, enrollment, definition, runtime } = tenant.organization;
  const { server = enrollment.servers[0], location = content.locations[0] } = chosen;
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
