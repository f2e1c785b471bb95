import { AppleError } from '../../core/apple-error.ts';
import { idHashOf } from '../../organization/content/user-rules.ts';
import { vppError } from '../vpp/errors.ts';
import { selection } from '../vpp/page.ts';
import { VPP_PAGES } from '../vpp/pages.ts';
import { flagIn, legacyReadScheme, textIn } from './authenticate.ts';
import { batchOf, walkIn } from './batch.ts';
import { legacyOperation } from './legacy-operation.ts';
import { legacyAnswer } from './render.ts';
import { namesUser, shownUser, shownUserWithLicenses, userIn } from './user.ts';

export const legacyUsers = legacyOperation({
  name: 'vpp.v1.users',
  service: 'getVPPUsersSrv',
  about: 'v1: lists users in batches, or those that changed',
  scheme: legacyReadScheme,
  errors: ['9602', '9629', '9633'],
  source: VPP_PAGES.legacyUsers,
  handler({ organization, caller, request }) {
    const { location, body } = caller;
    const filter = {
      retired: flagIn(body, 'includeRetired') || flagIn(body, 'includeRetiredOnly'),
      active: !flagIn(body, 'includeRetiredOnly'),
    };
    const walk = walkIn(organization, location, 'users', body, filter);
    if (walk instanceof AppleError) return walk;
    const { retired, active } = walk.filter as typeof filter;
    const key = `v1 users ${location.versions.users} ${walk.since} ${retired} ${active}`;
    const indexes = selection(location, key, () =>
      location.users.all
        .filter((user) => user.version > walk.since && (user.status === 'Retired' ? retired : active))
        .map(({ index }) => index),
    );
    const batch = batchOf(organization, location, 'users', walk, indexes);
    if (batch instanceof AppleError) return batch;
    return legacyAnswer(organization, caller, {
      ...batch.members,
      users: batch.items.map((index) => shownUser(location, location.users.get(index)!, request)),
    });
  },
});

export const legacyUser = legacyOperation({
  name: 'vpp.v1.user',
  service: 'getVPPUserSrv',
  about: 'v1: returns a user with licenses',
  scheme: legacyReadScheme,
  errors: ['9600', '9604'],
  source: VPP_PAGES.legacyUser,
  handler({ organization, caller, request }) {
    const { location, body } = caller;
    if (!namesUser(body)) return vppError('9600', 'neither `userId` nor `clientUserIdStr` is given');
    const user = userIn(location, body);
    const hash = textIn(body, 'itsIdHash');
    const linked = user?.appleAccount === undefined ? undefined : idHashOf(location, user.appleAccount);
    if (user === undefined || (hash !== undefined && hash !== linked)) {
      return vppError('9604', `"${location.name}" has no such active user`);
    }
    return legacyAnswer(organization, caller, { user: shownUserWithLicenses(location, user, request) });
  },
});
