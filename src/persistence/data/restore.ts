import type { Tenant, TenantError } from '../../engine/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { DataError } from './disk.ts';
import type { DataFolder, StoredOrganization } from './folder.ts';
import type { BaseEntry, Entry } from './log.ts';
import { PersistenceWriter } from './writer.ts';

export interface RestoredData {
  readonly writer: PersistenceWriter;
  readonly organizations: readonly BaseEntry[];
}

/**
 * Serves the organizations of a folder as they were when the last response was sent, and writes their changes from now
 * on.
 *
 * @throws DataError if a file cannot be used
 */
export async function restoreData(apple: SimulatedApple, folder: DataFolder): Promise<RestoredData> {
  const stored = folder.read();
  const tenants: [Tenant, StoredOrganization][] = [];
  for (const each of stored) tenants.push([await restoreOrganization(apple, each), each]);
  const writer = new PersistenceWriter(apple, folder);
  for (const [tenant, { file, base }] of tenants) writer.continue(tenant, file, base.order);
  return { writer, organizations: stored.map(({ base }) => base) };
}

async function restoreOrganization(
  apple: SimulatedApple,
  { base, entries, file }: StoredOrganization,
): Promise<Tenant> {
  const { scenario, verification, document, id } = base;
  try {
    const loaded = { scenario, verification, document, positioned: (error: TenantError) => error };
    const tenant = await apple.takeIn(loaded, { id, default: isDefault(base, entries) }, base.file);
    await apple.restoreTo(tenant, base.state, 'since');
    replay(apple, tenant, base, entries);
    await Promise.all([tenant.faults.prepare(), tenant.serverFaults.prepare()]);
    return tenant;
  } catch (error) {
    throw new DataError(
      `${file.path} cannot be used: ${(error as Error).message}`,
      'move it away to start the organization again',
    );
  }
}

function isDefault(base: BaseEntry, entries: readonly Entry[]): boolean {
  const last = entries.findLast(({ kind }) => kind === 'default');
  return last?.kind === 'default' ? last.isDefault : base.isDefault;
}

function replay(apple: SimulatedApple, tenant: Tenant, base: BaseEntry, entries: readonly Entry[]): void {
  const snapshots = apple.snapshotsOf(tenant);
  for (const [name, snapshot] of base.snapshots) snapshots.put(name, snapshot);
  for (const entry of entries) {
    switch (entry.kind) {
      case 'changes':
        for (const applied of entry.changes) tenant.organization.replay(applied);
        break;
      case 'snapshot':
        if (entry.snapshot === undefined) snapshots.delete(entry.name);
        else snapshots.put(entry.name, entry.snapshot);
        break;
      case 'default':
        break;
      case 'base':
        throw new Error('the file has two bases');
    }
  }
}
