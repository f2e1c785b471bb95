import type { AppleError } from '../../../core/apple-error.ts';
import type { HttpRequest } from '../../../core/request.ts';
import { tokenOfCredential } from '../../../organization/content/content-token.ts';
import type { Organization } from '../../../organization/organization.ts';
import type { AuthenticationScheme } from '../../operation.ts';
import type { ContentManager } from '../caller.ts';
import { contentCredential } from '../content-credential.ts';
import { contentManager } from '../v2/authenticate.ts';
import { vppError } from '../vpp-error.ts';
import { type LegacyBody, legacyBody, textIn } from './body.ts';

export interface LegacyManager extends ContentManager {
  readonly body: LegacyBody;
}

function authenticate(
  organization: Organization,
  request: HttpRequest,
  writes: boolean,
): LegacyManager | AppleError {
  const body = legacyBody(request);
  if (body === undefined) return vppError('9602', 'the body is no JSON object');
  const sToken = textIn(body, 'sToken');
  if (sToken === undefined || sToken === '') return vppError('9600', '`sToken` is missing');
  const manager = contentManager(organization, sToken);
  if (!('location' in manager)) return manager;
  if (writes && manager.token.rights === 'read_only') {
    return vppError('9637', 'the content token may only read');
  }
  if (writes && manager.location.managedByApple) {
    return vppError('9645', `"${manager.location.name}" is managed by Apple's own service`);
  }
  return { ...manager, body };
}

const scheme = (writes: boolean): AuthenticationScheme<LegacyManager> => ({
  name: 'stoken',
  errors: ['9600', '9602', '9621', '9622', '9625', ...(writes ? ['9637', '9645'] : [])],
  credential(request) {
    const sToken = textIn(legacyBody(request) ?? {}, 'sToken');
    const token = sToken === undefined ? undefined : tokenOfCredential(sToken);
    return token === undefined ? undefined : contentCredential(token);
  },
  authenticate: (organization, request) => authenticate(organization, request, writes),
});

/** `sToken` in the body, on calls that read. */
export const legacyReadScheme = scheme(false);

/** The same on calls that write. */
export const legacyWriteScheme = scheme(true);

export const legacyAnybodyScheme: AuthenticationScheme<undefined> = {
  name: 'none',
  anonymous: true,
  credential: legacyReadScheme.credential,
  authenticate: () => undefined,
};
