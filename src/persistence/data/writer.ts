import type { Tenant } from '../../engine/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { AppendFile } from './append-file.ts';
import type { DataFolder } from './folder.ts';
import { OrganizationLog } from './log.ts';

/** Writes the logs of all organizations to a data folder. */
export class PersistenceWriter {
  readonly folder: DataFolder;
  readonly #apple: SimulatedApple;
  readonly #logs = new Map<string, OrganizationLog>();
  /** Logs with something to write. */
  readonly #changed = new Set<OrganizationLog>();
  readonly #stop: () => void;
  readonly #unsynced = new Set<AppendFile>();
  #syncing: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #isScheduled = false;
  #order = 0;

  constructor(apple: SimulatedApple, folder: DataFolder) {
    this.#apple = apple;
    this.folder = folder;
    this.#stop = apple.tenants.onServed((id, tenant) => this.#served(id, tenant));
  }

  /** Continues the file of an organization that was restored from it. */
  continue(tenant: Tenant, file: AppendFile, order: number): void {
    this.#order = Math.max(this.#order, order);
    this.#follow(tenant, file, order, false);
  }

  #follow(tenant: Tenant, file: AppendFile, order: number, isNew: boolean): void {
    const log = new OrganizationLog(this.#apple, tenant, { file, order, isNew }, this.#schedule);
    this.#logs.set(tenant.id, log);
    if (isNew) this.#schedule(log);
  }

  #served(id: string, tenant: Tenant | undefined): void {
    const former = this.#logs.get(id);
    former?.stop();
    if (former !== undefined) this.#changed.delete(former);
    this.#logs.delete(id);
    // Another organization may be the default one now.
    for (const log of this.#logs.values()) this.#schedule(log);
    if (tenant === undefined) former?.file.remove();
    else if (former !== undefined) this.#follow(tenant, former.file, former.order, true);
    else {
      this.#order += 1;
      this.#follow(tenant, this.folder.fileFor(id), this.#order, true);
    }
  }

  /** Changes that no request causes are written soon after. */
  readonly #schedule = (log: OrganizationLog): void => {
    this.#changed.add(log);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      try {
        this.write();
      } catch (error) {
        this.folder.notice(`changes cannot be written: ${(error as Error).message}`);
      }
    });
  };

  /** @throws if the disk fails; the next write tries again */
  write(): void {
    for (const log of this.#changed) {
      log.write();
      this.#changed.delete(log);
      if (this.folder.fsync) this.#unsynced.add(log.file);
    }
  }

  /** Resolves when everything that was written is safe from a loss of power. Concurrent calls share one sync. */
  synced(): Promise<void> {
    if (this.#syncing === undefined) {
      this.#syncing = this.#sync().finally(() => {
        this.#syncing = undefined;
      });
      return this.#syncing;
    }
    // The sync in progress may have started before the last write.
    this.#waiting ??= this.#syncing
      .catch(() => {})
      .then(() => {
        this.#waiting = undefined;
        return this.synced();
      });
    return this.#waiting;
  }

  async #sync(): Promise<void> {
    const files = [...this.#unsynced];
    this.#unsynced.clear();
    await Promise.all(files.map((file) => file.synced()));
  }

  async close(): Promise<void> {
    this.#stop();
    try {
      this.write();
      if (this.folder.fsync) await this.synced();
    } finally {
      for (const log of this.#logs.values()) {
        log.stop();
        log.file.close();
      }
      this.folder.close();
    }
  }
}
