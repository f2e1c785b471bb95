import { respond } from '../../core/outcome.ts';
import { operation } from '../../engine/service.ts';
import {
  isSerialTarget,
  serialTarget,
  targetNumber,
  userTarget,
} from '../../organization/content/licenses.ts';
import type { Location } from '../../organization/content/location.ts';
import { readScheme } from './authenticate.ts';
import { vppError } from './errors.ts';
import { pageMembers, pageSpan, selection, versionOf } from './page.ts';
import { VPP_PAGES } from './pages.ts';
import { isAppleError, type QueryMembers, readQuery } from './query.ts';
import { commonMembers, JSON_TYPE } from './render.ts';

const QUERY = {
  adamId: 'text',
  clientUserId: 'text',
  serialNumber: 'text',
  pageIndex: 'integer',
  sinceVersionId: 'text',
  pricingParam: 'text',
  includeUserState: 'flag',
  excludeInactiveUsers: 'flag',
} as const;

export type Filter = Omit<QueryMembers<typeof QUERY>, 'pageIndex' | 'sinceVersionId' | 'includeUserState'>;

/** Slots selected by the most selective part of the filter; `fits` checks the rest. */
function candidates(location: Location, filter: Filter, since: number | undefined): readonly number[] {
  const { assignments, serials, users, assets } = location;
  if (filter.serialNumber !== undefined) {
    const number = serials.number(filter.serialNumber);
    return number === undefined ? [] : assignments.ofTarget(serialTarget(number));
  }
  if (filter.clientUserId !== undefined) {
    const user = users.find(filter.clientUserId);
    return user === undefined ? [] : assignments.ofTarget(userTarget(user.index));
  }
  if (since !== undefined) return assignments.changedSince(since);
  if (filter.adamId !== undefined) {
    return ['STDQ', 'PLUS'].flatMap((pricing) => {
      const asset = assets.find(filter.adamId!, pricing);
      return asset === undefined ? [] : assignments.ofAsset(asset.index);
    });
  }
  return assignments.page(0, assignments.size);
}

function fits(
  location: Location,
  filter: Filter,
  changed: ReadonlySet<number> | undefined,
  slot: number,
): boolean {
  const asset = location.assets.get(location.assignments.assetAt(slot))!;
  if (filter.adamId !== undefined && asset.adamId !== filter.adamId) return false;
  if (filter.pricingParam !== undefined && asset.pricingParam !== filter.pricingParam) return false;
  if (changed !== undefined && !changed.has(slot)) return false;
  const target = location.assignments.targetAt(slot);
  if (isSerialTarget(target)) return filter.clientUserId === undefined;
  return !filter.excludeInactiveUsers || location.users.get(targetNumber(target))!.status !== 'Retired';
}

export function selectedAssignments(
  location: Location,
  filter: Filter,
  since: number | undefined,
): readonly number[] {
  const found = candidates(location, filter, since);
  const changed = since === undefined ? undefined : new Set(location.assignments.changedSince(since));
  return found.filter((slot) => fits(location, filter, changed, slot));
}

/** Text that needs no escaping in JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

const encoder = new TextEncoder();

/** Written without JSON.stringify: this is the most frequent response for large locations. */
function shown(location: Location, slots: readonly number[], userState: boolean): string {
  const { assignments, assets, users, serials } = location;
  const heads = new Map<number, string>();
  const items = slots.map((slot) => {
    const index = assignments.assetAt(slot);
    let head = heads.get(index);
    if (head === undefined) {
      const { adamId, pricingParam } = assets.get(index)!;
      head = `{"adamId":${JSON.stringify(adamId)},"pricingParam":"${pricingParam}",`;
      heads.set(index, head);
    }
    const target = assignments.targetAt(slot);
    if (isSerialTarget(target)) {
      return `${head}"serialNumber":${quoted(serials.serial(targetNumber(target)))}}`;
    }
    const user = users.get(targetNumber(target))!;
    const state = userState ? `,"userStatus":"${user.status}"` : '';
    return `${head}"clientUserId":${quoted(user.clientUserId)}${state}}`;
  });
  return `[${items.join(',')}]`;
}

export const getAssignments = operation({
  name: 'vpp.assignments',
  methods: ['GET'],
  path: '/mdm/v2/assignments',
  about: 'Lists assignments of apps and books in pages',
  scheme: readScheme,
  errors: ['9602', '9650', '9721'],
  source: VPP_PAGES.getAssignments,
  handler({ organization, request, caller }) {
    const query = readQuery(request, QUERY);
    if (isAppleError(query)) return query;
    const { location } = caller;
    const { pageIndex, sinceVersionId, includeUserState = false, ...filter } = query;
    const since =
      sinceVersionId === undefined
        ? undefined
        : versionOf(organization, location, 'assignments', sinceVersionId);
    if (sinceVersionId !== undefined && since === undefined) {
      return vppError(
        '9721',
        `the version ${sinceVersionId.slice(0, 64)} of the assignments was never issued`,
      );
    }
    const { assignments, versions } = location;
    const filtered = since !== undefined || Object.keys(filter).length > 0;
    const key = `assignments ${versions.assignments} ${versions.users} ${since} ${JSON.stringify(filter)}`;
    const slots = filtered
      ? selection(location, key, () => selectedAssignments(location, filter, since))
      : undefined;
    const span = pageSpan(organization, pageIndex, slots?.length ?? assignments.size);
    if (isAppleError(span)) return span;
    const page =
      slots === undefined
        ? assignments.page(span.start, span.size)
        : slots.slice(span.start, span.start + span.size);
    const rest = JSON.stringify({
      ...pageMembers(organization, location, 'assignments', span),
      ...commonMembers(organization, caller),
    });
    const body = `{"assignments":${shown(location, page, includeUserState)},${rest.slice(1)}`;
    return respond(200, { 'content-type': JSON_TYPE }, encoder.encode(body));
  },
});
