import { type HttpRequest, hostName } from '../../core/request.ts';
import type { AuthenticationScheme } from '../../engine/service.ts';
import { tokenOfCredential } from '../../organization/content/content-token.ts';
import type { Organization } from '../../organization/organization.ts';
import { managerOf } from '../vpp/authenticate.ts';
import { contentCredential, cookieToken } from '../vpp/credentials.ts';

/** Apple's host names of the store's metadata. */
export const METADATA_HOSTS: readonly string[] = [
  'uclient-api.itunes.apple.com',
  'api.ent.apple.com',
  'api.edu.apple.com',
  'itunes.apple.com',
];

/** The key of a metadata key in the credential index. */
export const metadataKeyCredential = (keyId: string): string => `metadata_key:${keyId}`;

/** The content token of the cookie `itvt`, which shows custom apps to their owner. */
export interface Visitor {
  readonly token: string | undefined;
}

/** Requests need no credential. */
export const cookieScheme: AuthenticationScheme<Visitor, Visitor> = {
  name: 'none',
  anonymous: true,
  read: (request) => ({ token: cookieToken(request) }),
  credential: ({ token }) => (token === undefined ? undefined : contentCredential(token)),
  authenticate: (_, __, visitor) => visitor,
};

/**
 * Fleet has no developer token of its own. It requests the catalog from a proxy of its makers, with a secret from that
 * proxy and with the content token in a header field instead of the cookie. FLEET_DEV_STOKEN_AUTHENTICATED_APPS_URL
 * redirects these requests. Apple rejects them, and so does the simulated Apple under Apple's host names.
 */
export const isForFleetProxy = ({ authority, headers }: HttpRequest): boolean =>
  headers['vpp-token'] !== undefined && !METADATA_HOSTS.includes(hostName(authority));

/** What a request for the catalog presents. */
export interface CatalogVisitor extends Visitor {
  /** The key id of the developer token. */
  readonly keyId: string | undefined;
}

/** Reads the key id without checking the token, to find the organization. */
function keyIdOf(request: HttpRequest): string | undefined {
  const head = /^Bearer\s+([\w-]+)\./i.exec(request.headers.authorization ?? '')?.[1];
  if (head === undefined) return undefined;
  try {
    const header: unknown = JSON.parse(atob(head.replaceAll('-', '+').replaceAll('_', '/')));
    const kid = typeof header === 'object' && header !== null ? (header as { kid?: unknown }).kid : undefined;
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

/** The content token selects the organization, else the key of the developer token. */
export const catalogScheme: AuthenticationScheme<CatalogVisitor, CatalogVisitor> = {
  name: 'developer_token',
  openApi: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'ES256, by a metadata key' },
  anonymous: true,
  errors: ['CATALOG_40100'],
  read: (request) => ({
    token:
      cookieToken(request) ??
      (isForFleetProxy(request) ? tokenOfCredential(request.headers['vpp-token']!) : undefined),
    keyId: keyIdOf(request),
  }),
  credential({ token, keyId }) {
    if (token !== undefined) return contentCredential(token);
    return keyId === undefined ? undefined : metadataKeyCredential(keyId);
  },
  authenticate: (_, __, visitor) => visitor,
};

/** Whether a content token belongs to the organization and is valid. */
export function isOwner(organization: Organization, token: string | undefined): boolean {
  return token !== undefined && 'location' in managerOf(organization, token);
}
