import type { AppleError } from '../../core/apple-error.ts';
import type { DataSet, Location } from '../../organization/content/location.ts';
import type { Organization } from '../../organization/organization.ts';
import { vppError } from './errors.ts';

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

/** Changes the version between pages if the behavior setting says so. */
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

const MOST_KEPT = 8;
const kept = new WeakMap<Location, Map<string, readonly number[]>>();

/** The result of a filter, computed once for all of its pages. The key names the filter and the version. */
export function selection(
  location: Location,
  key: string,
  select: () => readonly number[],
): readonly number[] {
  let selections = kept.get(location);
  if (selections === undefined) {
    selections = new Map();
    kept.set(location, selections);
  }
  const known = selections.get(key);
  if (known !== undefined) return known;
  const made = select();
  if (selections.size >= MOST_KEPT) selections.delete(selections.keys().next().value!);
  selections.set(key, made);
  return made;
}

interface Written {
  readonly version: number;
  readonly id: string;
}

const written = new WeakMap<Location, Map<DataSet, Written>>();

const CHECK_DIGITS = 20;

function write(organization: Organization, location: Location, dataSet: DataSet, version: number): string {
  const check = organization.runtime.identifiers
    .hex(`version ${location.uId} ${dataSet} ${version}`, CHECK_DIGITS)
    .toLowerCase();
  const digits = `${check}${version.toString(16).padStart(12, '0')}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The version of a data set as a UUID that contains its number, so that no table is needed. */
export function versionId(organization: Organization, location: Location, dataSet: DataSet): string {
  const version = location.versions[dataSet];
  let sets = written.get(location);
  if (sets === undefined) {
    sets = new Map();
    written.set(location, sets);
  }
  const last = sets.get(dataSet);
  if (last?.version === version) return last.id;
  const id = write(organization, location, dataSet, version);
  sets.set(dataSet, { version, id });
  return id;
}

/** The version in a UUID; undefined if it was not issued here. */
export function versionOf(
  organization: Organization,
  location: Location,
  dataSet: DataSet,
  id: string,
): number | undefined {
  const version = Number.parseInt(id.slice(-12), 16);
  if (id.length !== 36 || !(version >= 1 && version <= location.versions[dataSet])) return undefined;
  return write(organization, location, dataSet, version) === id.toLowerCase() ? version : undefined;
}
