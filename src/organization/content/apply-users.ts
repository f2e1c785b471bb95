import { type ApplyingContent, locationOf } from './applying.ts';
import type { ContentChange } from './change.ts';
import { notify } from './notify.ts';
import { linkAccount, responseUser } from './user-rules.ts';

/** The person follows the invitation: https://developer.apple.com/documentation/devicemanagement/managing-users */
export function acceptInvitation(
  applying: ApplyingContent,
  change: Extract<ContentChange, { type: 'content_invitation_accepted' }>,
): void {
  const location = locationOf(applying, change);
  const user = linkAccount(location, location.users.get(change.user)!, change.appleAccount, false);
  notify(applying, location, 'USER_ASSOCIATED', { associatedUsers: [responseUser(location, user)] });
}
