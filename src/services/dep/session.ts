import { explained, respond } from '../../core/outcome.ts';
import { operation } from '../../engine/service.ts';
import { DEPSIM_CREDENTIALS } from '../../organization/enrollment/mdm-server.ts';
import { oauthScheme } from './authenticate-oauth.ts';
import { DEPSIM_CREDENTIAL, nextSessionToken } from './credentials.ts';
import { ADE_PAGES } from './pages.ts';
import { json } from './render.ts';

export const session = operation({
  name: 'dep.session',
  methods: ['GET'],
  path: '/session',
  about: 'Opens a session with the server token',
  scheme: oauthScheme,
  errors: [
    'OAUTH_BAD_REQUEST',
    'OAUTH_UNAUTHORIZED',
    'SIMULATOR_BAD_REQUEST',
    'SIMULATOR_UNAUTHORIZED',
    'token_expiredForbidden',
    'token_rejected',
    'token_rejectedUnauthorized',
    'signature_invalid',
    'T_C_NOT_SIGNED',
    'TOO_MANY_REQUESTS',
  ],
  source: ADE_PAGES.authenticating,
  handler({ organization, caller: { server } }) {
    const token = nextSessionToken(organization);
    const alone = organization.behavior.dep.sessions === 'one';
    organization.apply({ type: 'session_opened', server: server.index, token, alone });
    return json(organization, { auth_session_token: token });
  },
});

/** `GET /token` of Apple's former simulator, for `depsim: true`: https://github.com/cmdmnt/commandment */
export const simulatorToken = operation({
  name: 'dep.simulator.token',
  methods: ['GET'],
  path: '/token',
  about: 'Returns the credentials of the former simulator',
  scheme: {
    name: 'none',
    anonymous: true,
    read: () => undefined,
    credential: () => DEPSIM_CREDENTIAL,
    authenticate: () => ({}),
  },
  errors: [],
  source: 'https://github.com/cmdmnt/commandment',
  handler({ organization }) {
    return organization.definition.depsim
      ? json(organization, DEPSIM_CREDENTIALS)
      : explained(respond(404), 'no organization here has `depsim: true`');
  },
});
