import type { HttpRequest } from '../../core/request.ts';
import type { AuthenticationScheme } from '../operation.ts';
import { contentCredential, cookieToken } from '../vpp/content-credential.ts';
import { metadataKeyCredential } from './credentials.ts';
import { fleetProxyToken } from './fleet-proxy.ts';

/** The key id of a developer token, for finding the organization; whether it is good is verified later. */
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

/** The content token that a request for the catalog carries. */
export const shownToken = (request: HttpRequest): string | undefined =>
  cookieToken(request) ?? fleetProxyToken(request);

/** The content token says whose catalog it is, else the key of the developer token. */
export const catalogScheme: AuthenticationScheme<undefined> = {
  name: 'developer_token',
  anonymous: true,
  errors: ['CATALOG_40100'],
  credential(request) {
    const token = shownToken(request);
    if (token !== undefined) return contentCredential(token);
    const keyId = keyIdOf(request);
    return keyId === undefined ? undefined : metadataKeyCredential(keyId);
  },
  authenticate: () => undefined,
};
