import type { Tenant } from '../../engine/tenant.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { AppendFile } from './append-file.ts';
import type { DataFolder } from './folder.ts';
import { Record } from './record.ts';

/** Writes down what organizations do before anybody is told that it was done. */
export class Keeper {
  readonly folder: DataFolder;
  readonly #apple: SimulatedApple;
  readonly #records = new Map<string, Record>();
  readonly #altered = new Set<Record>();
  readonly #stop: readonly (() => void)[];
  readonly #unsynced = new Set<AppendFile>();
  #syncing: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #planned = false;
  #order = 0;

  constructor(apple: SimulatedApple, folder: DataFolder) {
    this.#apple = apple;
    this.folder = folder;
    this.#stop = [
      apple.tenants.onServed((id, tenant) => this.#served(id, tenant)),
      apple.engine.onExchange(({ id }) => {
        const record = this.#records.get(id);
        if (record !== undefined) this.#altered.add(record);
      }),
    ];
  }

  /** Follows an organization that its file holds already. */
  goOn(tenant: Tenant, file: AppendFile, order: number): void {
    this.#order = Math.max(this.#order, order);
    this.#follow(tenant, file, order, false);
  }

  #follow(tenant: Tenant, file: AppendFile, order: number, anew: boolean): void {
    const record = new Record(this.#apple, tenant, { file, order, anew }, this.#note);
    this.#records.set(tenant.id, record);
    if (anew) this.#note(record);
  }

  #served(id: string, tenant: Tenant | undefined): void {
    const former = this.#records.get(id);
    former?.stop();
    if (former !== undefined) this.#altered.delete(former);
    this.#records.delete(id);
    if (tenant === undefined) former?.file.remove();
    else if (former !== undefined) this.#follow(tenant, former.file, former.order, true);
    else {
      this.#order += 1;
      this.#follow(tenant, this.folder.fileFor(id), this.#order, true);
    }
  }

  /** What happens of its own accord, with no request that would take it along, is written a moment later. */
  readonly #note = (record: Record): void => {
    this.#altered.add(record);
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      try {
        this.write();
      } catch (error) {
        this.folder.notice(`what happened cannot be kept: ${(error as Error).message}`);
      }
    });
  };

  /** The control API alters what tells nobody of it: clocks, faults, snapshots. */
  lookAtAll(): void {
    for (const record of this.#records.values()) this.#altered.add(record);
  }

  /** @throws where the disk takes it not; it is tried again with what comes next */
  write(): void {
    for (const record of this.#altered) {
      record.write();
      this.#altered.delete(record);
      if (this.folder.fsync) this.#unsynced.add(record.file);
    }
  }

  /** Until all that was written is safe from a loss of power. Those who wait at the same time wait for one sync. */
  synced(): Promise<void> {
    if (this.#syncing === undefined) {
      this.#syncing = this.#sync().finally(() => {
        this.#syncing = undefined;
      });
      return this.#syncing;
    }
    // The one under way may have begun before what must be safe was written.
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
    for (const stop of this.#stop) stop();
    try {
      this.write();
      if (this.folder.fsync) await this.synced();
    } finally {
      for (const record of this.#records.values()) {
        record.stop();
        record.file.close();
      }
      this.folder.close();
    }
  }
}
