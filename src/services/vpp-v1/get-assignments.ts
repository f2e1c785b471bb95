import { isSerialTarget, targetNumber } from '../../organization/content/licenses.ts';
import type { Location } from '../../organization/content/location.ts';
import { vppError } from '../vpp/errors.ts';
import { selectedAssignments } from '../vpp/get-assignments.ts';
import { pageSpan, selection } from '../vpp/page.ts';
import { VPP_PAGES } from '../vpp/pages.ts';
import { isAppleError } from '../vpp/query.ts';
import { integerIn, legacyReadScheme, textIn } from './authenticate.ts';
import { legacyOperation } from './legacy-operation.ts';
import { legacyAnswer } from './render.ts';

function shown({ assignments, assets, users, serials }: Location, slot: number): Record<string, unknown> {
  const { adamId, pricingParam } = assets.get(assignments.assetAt(slot))!;
  const target = assignments.targetAt(slot);
  return {
    adamIdStr: adamId,
    pricingParam,
    ...(isSerialTarget(target)
      ? { serialNumber: serials.serial(targetNumber(target)) }
      : { clientUserIdStr: users.get(targetNumber(target))!.clientUserId }),
  };
}

export const legacyAssignments = legacyOperation({
  name: 'vpp.v1.assignments',
  service: 'getAssignments',
  about: 'v1: lists assignments of apps and books',
  scheme: legacyReadScheme,
  errors: ['9602'],
  source: VPP_PAGES.legacyAssignments,
  handler({ organization, caller }) {
    const { location, body } = caller;
    const filter = Object.fromEntries(
      [
        ['adamId', textIn(body, 'adamIdStr')],
        ['clientUserId', textIn(body, 'clientUserIdStr')],
        ['serialNumber', textIn(body, 'serialNumber')],
      ].filter(([, value]) => value !== undefined),
    );
    const key = `v1 assignments ${location.versions.assignments} ${location.versions.users} ${JSON.stringify(filter)}`;
    const slots = selection(location, key, () => selectedAssignments(location, filter, undefined));
    const span = pageSpan(organization, integerIn(body, 'pageIndex'), slots.length);
    // v1 has no number of its own for it.
    if (isAppleError(span)) return vppError('9602', span.why);
    const more = span.index + 1 < span.totalPages;
    return legacyAnswer(organization, caller, {
      assignments: slots.slice(span.start, span.start + span.size).map((slot) => shown(location, slot)),
      assignmentsInCurrentPage: span.size,
      currentPageIndex: span.index,
      ...(more ? { nextPageIndex: span.index + 1 } : {}),
      // Pages of one walk name each other.
      ...(span.totalPages > 1
        ? {
            requestId:
              textIn(body, 'requestId') ??
              organization.runtime.identifiers.uuid(
                `v1 request ${location.uId} ${location.versions.assignments}`,
              ),
          }
        : {}),
      totalAssignments: slots.length,
      totalPages: span.totalPages,
    });
  },
});
