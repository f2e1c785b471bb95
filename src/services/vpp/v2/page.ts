import type { AppleError } from '../../../core/apple-error.ts';
import type { DataSet, Location } from '../../../organization/content/location.ts';
import type { Organization } from '../../../organization/organization.ts';
import { vppError } from '../vpp-error.ts';
import { versionId } from './version-id.ts';

export interface PageSpan {
  readonly index: number;
  readonly start: number;
  readonly size: number;
  readonly totalPages: number;
}

/** Pages are counted from 0: https://developer.apple.com/documentation/devicemanagement/using-paginated-endpoints */
export function pageSpan(
  { behavior }: Organization,
  pageIndex: number | undefined,
  total: number,
): PageSpan | AppleError {
  const { page_size } = behavior.vpp;
  const totalPages = Math.max(1, Math.ceil(total / page_size));
  const index = pageIndex ?? 0;
  if (index < 0 || index >= totalPages) {
    return vppError('9650', `pageIndex is ${index}; there are ${totalPages} pages, counted from 0`);
  }
  const start = index * page_size;
  return { index, start, size: Math.min(page_size, total - start), totalPages };
}

export function pageMembers(
  organization: Organization,
  location: Location,
  dataSet: DataSet,
  { index, size, totalPages }: PageSpan,
): Record<string, unknown> {
  const members = {
    currentPageIndex: index,
    ...(index + 1 < totalPages ? { nextPageIndex: index + 1 } : {}),
    size,
    totalPages,
    versionId: versionId(organization, location, dataSet),
  };
  disturb(organization, location, dataSet, index, totalPages);
  return members;
}

/** By behavior somebody writes in the middle of a walk. */
function disturb(
  organization: Organization,
  location: Location,
  dataSet: DataSet,
  index: number,
  totalPages: number,
): void {
  const { version_changes_every } = organization.behavior.vpp;
  if (version_changes_every === 0 || (index + 1) % version_changes_every !== 0 || index + 1 === totalPages)
    return;
  organization.apply({ type: 'content_version_changed', location: location.index, dataSet });
}
