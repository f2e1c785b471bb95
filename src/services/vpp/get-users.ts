import { operation } from '../../engine/service.ts';
import type { UserReader } from '../../organization/content/user-index.ts';
import { responseUser } from '../../organization/content/user-rules.ts';
import { readScheme } from './authenticate.ts';
import { vppError } from './errors.ts';
import { pageMembers, pageSpan, selection, versionOf } from './page.ts';
import { VPP_PAGES } from './pages.ts';
import { isAppleError, type QueryMembers, readQuery } from './query.ts';
import { answer } from './render.ts';

const QUERY = {
  activeOnly: 'flag',
  retiredOnly: 'flag',
  // Documented only in the prose of Apple's getting-started page.
  includeRetired: 'flag',
  clientUserId: 'text',
  // Undocumented; sent by https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go
  managedAppleId: 'text',
  pageIndex: 'integer',
  sinceVersionId: 'text',
} as const;

type Filter = Omit<QueryMembers<typeof QUERY>, 'pageIndex' | 'sinceVersionId'>;

function fits(filter: Filter, since: number, user: UserReader): boolean {
  // Only v1 shows a record that an older one of the same person replaced.
  if (user.superseded || user.version <= since) return false;
  const retired = user.status === 'Retired';
  if (retired && (filter.activeOnly || filter.includeRetired === false)) return false;
  if (!retired && filter.retiredOnly) return false;
  if (filter.clientUserId !== undefined && user.clientUserId !== filter.clientUserId) return false;
  return (
    filter.managedAppleId === undefined ||
    user.managedAppleId?.toLowerCase() === filter.managedAppleId.toLowerCase()
  );
}

export const getUsers = operation({
  name: 'vpp.users',
  methods: ['GET'],
  path: '/mdm/v2/users',
  about: 'Lists the users of the location in pages',
  scheme: readScheme,
  errors: ['9602', '9650', '9721'],
  source: VPP_PAGES.getUsers,
  handler({ organization, request, caller }) {
    const query = readQuery(request, QUERY);
    if (isAppleError(query)) return query;
    const { location } = caller;
    const { pageIndex, sinceVersionId, ...filter } = query;
    const since =
      sinceVersionId === undefined ? 0 : versionOf(organization, location, 'users', sinceVersionId);
    if (since === undefined) {
      return vppError('9721', `the version ${sinceVersionId?.slice(0, 64)} of the users was never issued`);
    }
    const { users } = location;
    const key = `users ${location.versions.users} ${since} ${JSON.stringify(filter)}`;
    const indexes = selection(location, key, () =>
      users.all.filter((user) => fits(filter, since, user)).map(({ index }) => index),
    );
    const span = pageSpan(organization, pageIndex, indexes.length);
    if (isAppleError(span)) return span;
    const page = indexes.slice(span.start, span.start + span.size);
    return answer(organization, caller, {
      ...pageMembers(organization, location, 'users', span),
      users: page.map((index) => responseUser(location, users.get(index)!)),
    });
  },
});
