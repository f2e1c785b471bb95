import type { Organization } from '../../organization/organization.ts';
import type { AuthenticationScheme } from '../operation.ts';
import { contentCredential, cookieToken } from '../vpp/content-credential.ts';
import { managerOf } from '../vpp/v2/authenticate.ts';

/** Anybody may ask; the cookie `itvt` says whose custom apps may be seen. */
export const cookieScheme: AuthenticationScheme<undefined> = {
  name: 'none',
  anonymous: true,
  credential(request) {
    const token = cookieToken(request);
    return token === undefined ? undefined : contentCredential(token);
  },
  authenticate: () => undefined,
};

/** Whether a content token is one of the organization, and good. */
export function isOwner(organization: Organization, token: string | undefined): boolean {
  return token !== undefined && 'location' in managerOf(organization, token);
}
