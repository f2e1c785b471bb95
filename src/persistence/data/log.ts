import type { ScenarioDefinition, Tenant } from '../../engine/tenant.ts';
import type { AppliedChange } from '../../organization/organization.ts';
import type { VerificationDefinition } from '../../scenario/verification.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { Snapshot } from '../snapshot-store.ts';
import type { AppendFile } from './append-file.ts';

/** First entry of a file: the organization as it was when the file was started. */
export interface BaseEntry {
  readonly kind: 'base';
  readonly id: string;
  /** Organizations are restored in this order. */
  readonly order: number;
  readonly isDefault: boolean;
  /** The scenario file, if there is one. */
  readonly file: string | undefined;
  readonly scenario: ScenarioDefinition;
  readonly verification: VerificationDefinition;
  readonly document: object | undefined;
  readonly state: Snapshot;
  readonly snapshots: readonly (readonly [name: string, Snapshot])[];
}

/** Changes that one request caused, or that happened between requests. */
interface ChangesEntry {
  readonly kind: 'changes';
  readonly changes: readonly AppliedChange[];
}

/** A named snapshot that was taken; one that was deleted if `snapshot` is undefined. */
interface SnapshotEntry {
  readonly kind: 'snapshot';
  readonly name: string;
  readonly snapshot: Snapshot | undefined;
}

/** Whether it is the default organization from now on. */
interface DefaultEntry {
  readonly kind: 'default';
  readonly isDefault: boolean;
}

export type Entry = BaseEntry | ChangesEntry | SnapshotEntry | DefaultEntry;

/** A file is started again once it has grown to this multiple of its base, and has this size. */
const LARGEST_GROWTH = 3;
const SMALLEST_TO_RESTART = 8 * 1024 * 1024;

/** The log of one organization: a base, and the changes since. */
export class OrganizationLog {
  readonly tenant: Tenant;
  readonly file: AppendFile;
  readonly order: number;
  readonly #apple: SimulatedApple;
  readonly #stop: readonly (() => void)[];
  #changes: AppliedChange[] = [];
  /** Whether the next write starts the file again. */
  #needsBase: boolean;
  #isDefault: boolean;
  #snapshots: ReadonlyMap<string, Snapshot>;

  /**
   * @param isNew whether the file does not have the organization yet
   * @param onChange called when there is something to write
   */
  constructor(
    apple: SimulatedApple,
    tenant: Tenant,
    { file, order, isNew }: { readonly file: AppendFile; readonly order: number; readonly isNew: boolean },
    onChange: (log: OrganizationLog) => void,
  ) {
    this.tenant = tenant;
    this.file = file;
    this.order = order;
    this.#apple = apple;
    this.#needsBase = isNew;
    this.#isDefault = this.#isDefaultNow;
    const snapshots = apple.snapshotsOf(tenant);
    this.#snapshots = snapshots.entries;
    this.#stop = [
      tenant.organization.onChange((applied) => {
        // A base is not larger than a change with a complete state.
        if (applied.change.type === 'state_restored') this.#needsBase = true;
        this.#changes.push(applied);
        onChange(this);
      }),
      snapshots.onChange(() => onChange(this)),
    ];
  }

  get #isDefaultNow(): boolean {
    return this.#apple.tenants.size > 0 && this.#apple.tenants.default === this.tenant;
  }

  /** Writes everything since the last write. @throws if the disk fails */
  write(): void {
    const { doubtful, size, growth } = this.file;
    const isLarge = size > SMALLEST_TO_RESTART && growth > LARGEST_GROWTH;
    const writesBase = this.#needsBase || doubtful || isLarge;
    // After a failure the state of the file is unknown: the next write starts it again.
    this.#needsBase = true;
    if (writesBase) this.file.begin(this.#base());
    else this.#append();
    this.#needsBase = false;
    this.#changes = [];
    this.#isDefault = this.#isDefaultNow;
    this.#snapshots = this.#apple.snapshotsOf(this.tenant).entries;
  }

  #base(): BaseEntry {
    const { tenant } = this;
    const { verification, file, document } = this.#apple.sourceOf(tenant);
    tenant.organization.runDueTasks();
    return {
      kind: 'base',
      id: tenant.id,
      order: this.order,
      isDefault: this.#isDefaultNow,
      file,
      scenario: tenant.scenario,
      verification,
      document,
      state: tenant.organization.serialize(),
      snapshots: [...this.#apple.snapshotsOf(tenant).entries],
    };
  }

  #append(): void {
    const changes = this.#changes;
    if (changes.length > 0) this.file.put({ kind: 'changes', changes });
    const isDefault = this.#isDefaultNow;
    if (isDefault !== this.#isDefault) this.file.put({ kind: 'default', isDefault });
    const { entries } = this.#apple.snapshotsOf(this.tenant);
    if (entries === this.#snapshots) return;
    for (const name of this.#snapshots.keys()) {
      if (!entries.has(name)) this.file.put({ kind: 'snapshot', name, snapshot: undefined });
    }
    for (const [name, snapshot] of entries) {
      if (this.#snapshots.get(name) !== snapshot) this.file.put({ kind: 'snapshot', name, snapshot });
    }
  }

  stop(): void {
    for (const stop of this.#stop) stop();
  }
}
