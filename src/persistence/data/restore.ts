import type { FaultTable, SavedFault } from '../../engine/faults/fault-table.ts';
import type { Tenant } from '../../engine/tenant.ts';
import type { TenantError } from '../../engine/tenant-error.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { DataError } from './data-error.ts';
import type { Begun, Done, Entry } from './entries.ts';
import type { DataFolder, Kept } from './folder.ts';
import { Keeper } from './writer.ts';

export interface BroughtBack {
  readonly keeper: Keeper;
  readonly organizations: readonly Begun[];
}

/**
 * Serves again what a folder holds, as it was when the last answer left, and keeps it up from now on.
 *
 * @throws DataError where a file does not do
 */
export async function bringBack(apple: SimulatedApple, folder: DataFolder): Promise<BroughtBack> {
  const kept = folder.read();
  const tenants: [Tenant, Kept][] = [];
  for (const each of kept) tenants.push([await serveAgain(apple, each), each]);
  const keeper = new Keeper(apple, folder);
  for (const [tenant, { file, begun }] of tenants) keeper.goOn(tenant, file, begun.order);
  return { keeper, organizations: kept.map(({ begun }) => begun) };
}

async function serveAgain(apple: SimulatedApple, { begun, entries, file }: Kept): Promise<Tenant> {
  const { scenario, verification, document, id } = begun;
  const isDefault = lastOf(entries, 'isDefault') ?? begun.isDefault;
  try {
    const loaded = { scenario, verification, document, positioned: (error: TenantError) => error };
    const tenant = await apple.takeIn(loaded, { id, default: isDefault }, begun.file);
    await repeat(apple, tenant, begun, entries);
    return tenant;
  } catch (error) {
    throw new DataError(
      `${file.path} cannot be used: ${(error as Error).message}`,
      'move it away to begin the organization anew',
    );
  }
}

const asides = (entries: readonly Entry[]): readonly Done[] =>
  entries.filter((entry): entry is Done => entry.kind === 'done');

function lastOf<Part extends keyof Done['aside']>(
  entries: readonly Entry[],
  part: Part,
): Done['aside'][Part] | undefined {
  return asides(entries).findLast(({ aside }) => aside[part] !== undefined)?.aside[part];
}

async function repeat(
  apple: SimulatedApple,
  tenant: Tenant,
  { snapshot, shelf }: Begun,
  entries: readonly Entry[],
): Promise<void> {
  const { organization } = tenant;
  const { runtime } = organization;
  await apple.restoreTo(tenant, snapshot, 'since');
  const names = apple.snapshotsOf(tenant);
  for (const [name, each] of shelf) names.put(name, each);
  for (const entry of entries) {
    switch (entry.kind) {
      case 'done':
        for (const applied of entry.changes) organization.repeat(applied);
        runtime.clientTimes.resume(entry.clientTimes);
        break;
      case 'shelved':
        if (entry.snapshot === undefined) names.delete(entry.name);
        else names.put(entry.name, entry.snapshot);
        break;
      case 'begun':
        throw new Error('it begins twice');
    }
  }
  runtime.identifiers.resume(lastOf(entries, 'identifiers') ?? []);
  const pushIds = lastOf(entries, 'pushIds');
  if (pushIds !== undefined) organization.push.ids.moveTo(pushIds);
  const course = lastOf(entries, 'course');
  if (course !== undefined) runtime.clock.follow(course);
  await setAgain(tenant.faults, lastOf(entries, 'faults'));
  await setAgain(tenant.serverFaults, lastOf(entries, 'serverFaults'));
  const timeline = lastOf(entries, 'timeline');
  if (timeline !== undefined) apple.verifierOf(tenant).resumeTimeline(timeline);
}

async function setAgain(table: FaultTable, saved: readonly SavedFault[] | undefined): Promise<void> {
  if (saved !== undefined) (await table.prepare(saved))();
}
