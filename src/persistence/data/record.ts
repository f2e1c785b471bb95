import type { Tenant } from '../../engine/tenant.ts';
import type { AppliedChange } from '../../organization/organization.ts';
import type { Beginning } from '../../organization/saved.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import type { Snapshot } from '../snapshot.ts';
import { takeSnapshot } from '../snapshot.ts';
import type { AppendFile } from './append-file.ts';
import { type AsideTexts, alteredParts, asideOf, textsOf } from './aside.ts';
import type { Begun } from './entries.ts';

/** A file is begun anew once it has grown to so many times of what it began with, and is worth the while. */
const LARGEST_GROWTH = 3;
const SMALLEST_TO_BEGIN = 8 * 1024 * 1024;

/** After what leaves nothing as it was, the whole is written. */
const ANEW: ReadonlySet<string> = new Set(['enrollment_restored', 'push_restored', 'content_restored']);

/** What an organization does, on its way into a file. */
export class Record {
  readonly tenant: Tenant;
  readonly file: AppendFile;
  readonly order: number;
  readonly #apple: SimulatedApple;
  readonly #stop: readonly (() => void)[];
  #changes: AppliedChange[] = [];
  #clientTimes: (readonly [string, number])[] = [];
  #anew: boolean;
  #begun: Beginning;
  #texts: AsideTexts;
  #shelf: ReadonlyMap<string, Snapshot>;

  /** @param anew true where the file does not hold the organization yet */
  constructor(
    apple: SimulatedApple,
    tenant: Tenant,
    { file, order, anew }: { readonly file: AppendFile; readonly order: number; readonly anew: boolean },
    onAltered: (record: Record) => void,
  ) {
    this.tenant = tenant;
    this.file = file;
    this.order = order;
    this.#apple = apple;
    this.#anew = anew;
    this.#begun = tenant.organization.begun;
    this.#texts = textsOf(asideOf(apple, tenant));
    this.#shelf = apple.snapshotsOf(tenant).entries;
    const { organization } = tenant;
    this.#stop = [
      organization.onChange((applied) => {
        if (ANEW.has(applied.change.type)) this.#anew = true;
        else this.#changes.push(applied);
        onAltered(this);
      }),
      organization.runtime.clientTimes.onFirst((stamp, offset) => {
        this.#clientTimes.push([stamp, offset]);
        onAltered(this);
      }),
    ];
  }

  /** Writes what has come since the last time. @throws where the disk takes it not */
  write(): void {
    const { organization } = this.tenant;
    if (organization.begun !== this.#begun) this.#anew = true;
    if (this.file.doubtful) this.#anew = true;
    if (this.file.size > SMALLEST_TO_BEGIN && this.file.growth > LARGEST_GROWTH) this.#anew = true;
    if (this.#anew) this.#begin();
    else this.#append();
  }

  #begin(): void {
    const begun = this.#whole();
    this.file.begin(begun);
    this.#anew = false;
    this.#changes = [];
    this.#clientTimes = [];
    this.#begun = this.tenant.organization.begun;
    this.#texts = textsOf(asideOf(this.#apple, this.tenant));
    this.#shelf = this.#apple.snapshotsOf(this.tenant).entries;
  }

  #whole(): Begun {
    const { tenant } = this;
    const { verification, file, document } = this.#apple.sourceOf(tenant);
    return {
      kind: 'begun',
      id: tenant.id,
      order: this.order,
      isDefault: this.#apple.tenants.default === tenant,
      file,
      scenario: tenant.scenario,
      verification,
      document,
      snapshot: takeSnapshot(tenant, this.#apple.verifierOf(tenant)),
      shelf: [...this.#apple.snapshotsOf(tenant).entries],
    };
  }

  #append(): void {
    const aside = asideOf(this.#apple, this.tenant);
    const texts = textsOf(aside);
    const altered = alteredParts(aside, texts, this.#texts);
    const changes = this.#changes;
    const clientTimes = this.#clientTimes;
    // Left in an unknown state where the disk refuses: written whole the next time.
    this.#anew = true;
    if (changes.length > 0 || clientTimes.length > 0 || Object.keys(altered).length > 0) {
      this.file.put({ kind: 'done', changes, clientTimes, aside: altered });
    }
    this.#appendShelf();
    this.#anew = false;
    this.#texts = texts;
    if (changes.length > 0) this.#changes = [];
    if (clientTimes.length > 0) this.#clientTimes = [];
  }

  #appendShelf(): void {
    const { entries } = this.#apple.snapshotsOf(this.tenant);
    if (entries === this.#shelf) return;
    for (const name of this.#shelf.keys()) {
      if (!entries.has(name)) this.file.put({ kind: 'shelved', name, snapshot: undefined });
    }
    for (const [name, snapshot] of entries) {
      if (this.#shelf.get(name) !== snapshot) this.file.put({ kind: 'shelved', name, snapshot });
    }
    this.#shelf = entries;
  }

  stop(): void {
    for (const stop of this.#stop) stop();
  }
}
