import { respond } from '../../core/outcome.ts';
import { operation } from '../../engine/service.ts';
import { cookieScheme } from './authenticate.ts';

/** The secret is never checked. Without this call Fleet would request one from its makers, over the Internet. */
export const fleetAuth = operation({
  name: 'vpp.metadata.fleet_auth',
  methods: ['POST'],
  path: '/api/vpp/v1/auth',
  about: 'Returns the secret that Fleet sends to its proxy for the catalog',
  scheme: cookieScheme,
  errors: [],
  source: 'https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/apple_apps/api.go',
  handler: () =>
    respond(
      200,
      { 'content-type': 'application/json; charset=utf-8' },
      JSON.stringify({ fleetServerSecret: 'crabapple' }),
    ),
});
