import { AppleError } from '../../../core/apple-error.ts';
import type { UserReader } from '../../../organization/content/user-index.ts';
import { linkProblem } from '../../../organization/content/user-rules.ts';
import type { Organization } from '../../../organization/organization.ts';
import { operation } from '../../operation.ts';
import { isEmail } from '../email.ts';
import { VPP_PAGES } from '../pages.ts';
import { vppError } from '../vpp-error.ts';
import { type LegacyManager, legacyWriteScheme } from './authenticate.ts';
import { textIn } from './body.ts';
import { legacyAnswer } from './render.ts';
import { namesUser, shownUser, userIn } from './user.ts';

interface Facts {
  readonly email: string | undefined;
  readonly managedAppleId: string | undefined;
}

function factsIn(
  organization: Organization,
  { location, body }: LegacyManager,
  user?: UserReader,
): Facts | AppleError {
  const email = textIn(body, 'email');
  const managedAppleId = textIn(body, 'managedAppleIDStr');
  if (email !== undefined && !isEmail(email)) return vppError('9602', '`email` is no e-mail address');
  const problem = linkProblem(organization.content, location, managedAppleId, user);
  if (problem === 0) return { email, managedAppleId };
  return vppError(
    problem === 9635 ? '9635' : '9641',
    problem === 9635
      ? `${managedAppleId} is no Managed Apple Account of the organization`
      : `${managedAppleId} is linked with another user`,
  );
}

export const legacyRegister = operation({
  about: 'v1: registers a user, or shows the one that is registered',
  scheme: legacyWriteScheme,
  errors: ['9600', '9602', '9635', '9641'],
  source: VPP_PAGES.registerUser,
  handler({ organization, caller, request }) {
    const { location, body } = caller;
    const clientUserId = textIn(body, 'clientUserIdStr');
    if (clientUserId === undefined || clientUserId === '') {
      return vppError('9600', '`clientUserIdStr` is missing');
    }
    if (location.users.active(clientUserId) === undefined) {
      const facts = factsIn(organization, caller);
      if (facts instanceof AppleError) return facts;
      organization.apply({
        type: 'content_user_registered',
        location: location.index,
        user: { clientUserId, ...facts },
      });
    }
    const user = location.users.active(clientUserId)!;
    return legacyAnswer(organization, caller, { user: shownUser(location, user, request) });
  },
});

export const legacyEdit = operation({
  about: 'v1: alters the e-mail address or the Managed Apple Account of a user',
  scheme: legacyWriteScheme,
  errors: ['9600', '9602', '9609', '9635', '9641'],
  source: VPP_PAGES.editUser,
  handler({ organization, caller, request }) {
    const { location, body } = caller;
    if (!namesUser(body)) return vppError('9600', 'neither `userId` nor `clientUserIdStr` is given');
    const user = userIn(location, body);
    if (user === undefined || user.status === 'Retired') {
      return vppError('9609', `"${location.name}" has no such active user`);
    }
    const facts = factsIn(organization, caller, user);
    if (facts instanceof AppleError) return facts;
    organization.apply({ type: 'content_user_edited', location: location.index, user: user.index, ...facts });
    const edited = location.users.find(user.clientUserId)!;
    return legacyAnswer(organization, caller, { user: shownUser(location, edited, request) });
  },
});

export const legacyRetire = operation({
  about: 'v1: retires a user',
  scheme: legacyWriteScheme,
  errors: ['9600', '9609', '9618'],
  source: VPP_PAGES.retireUser,
  handler({ organization, caller, request }) {
    const { location, body } = caller;
    if (!namesUser(body)) return vppError('9600', 'neither `userId` nor `clientUserIdStr` is given');
    const user = userIn(location, body);
    if (user === undefined) return vppError('9609', `"${location.name}" has no such active user`);
    if (user.status === 'Retired') return vppError('9618', `${user.clientUserId} is retired already`);
    organization.apply({ type: 'content_user_retired', location: location.index, user: user.index });
    return legacyAnswer(organization, caller, { user: shownUser(location, user, request) });
  },
});
