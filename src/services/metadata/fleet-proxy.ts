import { respond } from '../../core/outcome.ts';
import { type HttpRequest, hostName } from '../../core/request.ts';
import { tokenOfCredential } from '../../organization/content/content-token.ts';
import { operation } from '../operation.ts';
import { cookieScheme } from './cookie-scheme.ts';
import { METADATA_HOSTS } from './hosts.ts';

const SOURCE = 'https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/apple_apps/api.go';

/**
 * Fleet has no developer token of its own: it asks a proxy of its makers for the catalog, shows that one a secret
 * that it got from there, and the content token in a header field in place of the cookie. Where it is told another
 * address (FLEET_DEV_STOKEN_AUTHENTICATED_APPS_URL) it speaks so there too. Apple does not understand it, and neither
 * does anything here under one of Apple's names.
 */
export function asksFleetProxy({ authority, headers }: HttpRequest): boolean {
  return headers['vpp-token'] !== undefined && !METADATA_HOSTS.includes(hostName(authority));
}

/** The `token` of the content token that Fleet shows to its proxy. */
export const fleetProxyToken = (request: HttpRequest): string | undefined =>
  asksFleetProxy(request) ? tokenOfCredential(request.headers['vpp-token']!) : undefined;

/** Nobody looks at the secret again; without this Fleet would ask its makers for one, over the Internet. */
export const fleetAuth = operation({
  about: 'Hands out the secret with which Fleet asks its proxy for the catalog',
  scheme: cookieScheme,
  errors: [],
  source: SOURCE,
  handler: () =>
    respond(
      200,
      { 'content-type': 'application/json; charset=utf-8' },
      JSON.stringify({ fleetServerSecret: 'crabapple' }),
    ),
});
