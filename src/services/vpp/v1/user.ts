import type { HttpRequest } from '../../../core/request.ts';
import { userTarget } from '../../../organization/content/licenses.ts';
import type { Location } from '../../../organization/content/location.ts';
import type { UserReader } from '../../../organization/content/user-index.ts';
import { idHashOf, inviteCodeOf } from '../../../organization/content/user-rules.ts';
import { originOf } from '../origin.ts';
import { invitationUrl } from '../v2/service-config.ts';
import { type LegacyBody, textIn } from './body.ts';
import { licenseIdOf, shownLicense } from './license.ts';

/** A user as https://developer.apple.com/documentation/devicemanagement/vppuser shows it. */
export function shownUser(
  location: Location,
  user: UserReader,
  request: HttpRequest,
): Record<string, unknown> {
  const code = inviteCodeOf(location, user.index);
  return {
    clientUserIdStr: user.clientUserId,
    ...(user.email === undefined || user.managedAppleId !== undefined ? {} : { email: user.email }),
    ...(user.status === 'Registered'
      ? {
          inviteCode: code,
          inviteUrl: invitationUrl(originOf(request)).replace('%25inviteCode%25', code),
        }
      : {}),
    ...(user.appleAccount === undefined ? {} : { itsIdHash: idHashOf(location, user.appleAccount) }),
    // A record that an older one of the same person replaced: the archived reference, chapter on VPP.
    status: user.superseded ? 'Deleted' : user.status,
    userId: user.userId,
  };
}

export function shownUserWithLicenses(
  location: Location,
  user: UserReader,
  request: HttpRequest,
): Record<string, unknown> {
  const licenses = location.assignments
    .ofTarget(userTarget(user.index))
    .map((slot) =>
      shownLicense(
        location,
        licenseIdOf(location.assignments.assetAt(slot), location.assignments.licenseAt(slot)),
      ),
    );
  return { ...shownUser(location, user, request), ...(licenses.length === 0 ? {} : { licenses }) };
}

/** The user of `userId`, which wins, or of `clientUserIdStr`. */
export function userIn({ users }: Location, body: LegacyBody): UserReader | undefined {
  const userId = textIn(body, 'userId') ?? textIn(body, 'userIdStr');
  if (userId !== undefined) return users.all.find((user) => String(user.userId) === userId);
  const clientUserId = textIn(body, 'clientUserIdStr');
  return clientUserId === undefined ? undefined : users.active(clientUserId);
}

export const namesUser = (body: LegacyBody): boolean =>
  ['userId', 'userIdStr', 'clientUserIdStr'].some((name) => textIn(body, name) !== undefined);
