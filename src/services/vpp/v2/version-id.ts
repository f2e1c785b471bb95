import type { DataSet, Location } from '../../../organization/content/location.ts';
import type { Organization } from '../../../organization/organization.ts';

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

/** The state of a data set as a UUID that carries its number, so that none is kept. */
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

/** The version that a UUID stands for; undefined for one that was never issued here. */
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
