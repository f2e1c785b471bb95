import { operation } from '../operation.ts';
import { oauthScheme } from './authenticate-oauth.ts';
import { ADE_PAGES } from './pages.ts';
import { json } from './render.ts';
import { nextSessionToken } from './session-token.ts';

export const session = operation({
  about: 'Opens a session by the server token',
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
