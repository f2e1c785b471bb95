import { PairIndex } from './pair-index.ts';

/** A user or device: twice its number, plus one for devices. */
export type TargetRef = number;

/** The content of a slot. */
export interface TakenSlot {
  readonly slot: number;
  readonly asset: number;
  readonly target: TargetRef;
  readonly license: number;
  readonly version: number;
}

/** The table without what derives from the rest. Plain data. */
interface TakenSlots {
  /** In the order in which they were taken. */
  readonly taken: readonly TakenSlot[];
  readonly freeSlots: readonly number[];
  /** Of each asset. */
  readonly freeLicenses: readonly (readonly number[])[];
  readonly freed: readonly FreedLicense[];
}

export interface FreedLicense {
  readonly version: number;
  readonly asset: number;
  readonly license: number;
}

type Column = Int32Array<ArrayBuffer>;

/** The table with all of its columns. Plain data. */
export interface SavedAssignments {
  readonly columns: readonly Column[];
  readonly newest: number;
  readonly firstOfTarget: Column;
  readonly blocks: readonly number[];
  readonly free: readonly number[];
  readonly used: number;
  readonly size: number;
  readonly licenses: readonly (readonly number[] | undefined)[];
  readonly freeLicenses: readonly (readonly number[] | undefined)[];
  readonly freed: readonly FreedLicense[];
}

const FIRST_CAPACITY = 1024;
const BLOCK = 1024;
const NONE = -1;

/** More than any location has. An assignment beyond it fails as out of stock. */
export const MOST_ASSIGNMENTS = 8_000_000;

/** The table outside of reducers. */
export type AssignmentReader = Pick<
  AssignmentTable,
  | 'size'
  | 'has'
  | 'assetAt'
  | 'targetAt'
  | 'licenseAt'
  | 'slotOf'
  | 'slotOfLicense'
  | 'page'
  | 'ofTarget'
  | 'ofAsset'
  | 'changedSince'
  | 'hasAny'
  | 'freedSince'
  | 'slots'
>;

const lists = (of: readonly (readonly number[] | undefined)[]): number[][] =>
  Array.from(of, (list) => (list === undefined ? undefined : [...list])) as number[][];

/** Lists may be too long for spread arguments. */
function replace<Item>(list: Item[], items: readonly Item[]): void {
  list.length = 0;
  for (const item of items) list.push(item);
}

/** @throws RangeError if they are not the numbers from 0, each of them once */
function checkAllOnce(numbers: readonly number[], what: string): void {
  const seen = new Set(numbers);
  if (seen.size !== numbers.length || numbers.some((number) => number >= numbers.length))
    throw new RangeError(`each ${what} from 0 on is taken or free, once`);
}

/** Freed licenses that are remembered for requests with a version. */
const REMEMBERED_FREED = 100_000;

/**
 * Which user or device has which asset. A pair has a slot in flat columns. Adding, removing, finding and paging take the
 * same time for any number of pairs.
 */
export class AssignmentTable {
  #capacity = FIRST_CAPACITY;
  #asset = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #target = new Int32Array(FIRST_CAPACITY);
  #license = new Int32Array(FIRST_CAPACITY);
  #version = new Int32Array(FIRST_CAPACITY);
  /** The slots of one target, as a list in both directions. */
  #after = new Int32Array(FIRST_CAPACITY);
  #before = new Int32Array(FIRST_CAPACITY);
  /** All slots by the time of their change, as a list in both directions. */
  #newer = new Int32Array(FIRST_CAPACITY);
  #older = new Int32Array(FIRST_CAPACITY);
  #newest = NONE;
  #firstOfTarget = new Int32Array(FIRST_CAPACITY).fill(NONE);
  /** Slots in use in each block of slots, to find the n-th without counting. */
  readonly #blocks: number[] = [];
  readonly #free: number[] = [];
  #used = 0;
  #size = 0;
  readonly #pairs = new PairIndex();
  /** Slot of each license of an asset, by its number within the asset. */
  readonly #licenses: number[][] = [];
  readonly #freeLicenses: number[][] = [];
  #freed: FreedLicense[] = [];

  get size(): number {
    return this.#size;
  }

  has(asset: number, target: TargetRef): boolean {
    return this.#pairs.find(asset, target) !== NONE;
  }

  slotOf(asset: number, target: TargetRef): number | undefined {
    const slot = this.#pairs.find(asset, target);
    return slot === NONE ? undefined : slot;
  }

  slotOfLicense(asset: number, license: number): number | undefined {
    const slot = this.#licenses[asset]?.[license];
    return slot === undefined || slot === NONE ? undefined : slot;
  }

  assetAt(slot: number): number {
    return this.#asset[slot]!;
  }

  targetAt(slot: number): TargetRef {
    return this.#target[slot]!;
  }

  /** Number of the license within its asset. */
  licenseAt(slot: number): number {
    return this.#license[slot]!;
  }

  hasAny(target: TargetRef): boolean {
    return (this.#firstOfTarget[target] ?? NONE) !== NONE;
  }

  /** @returns whether it is new */
  add(asset: number, target: TargetRef, version: number): boolean {
    // A target without assets needs no lookup.
    if (this.hasAny(target) && this.has(asset, target)) return false;
    this.#licenses[asset] ??= [];
    this.#freeLicenses[asset] ??= [];
    const slot = this.#free.pop() ?? this.#fresh();
    const license = this.#freeLicenses[asset]!.pop() ?? this.#licenses[asset]!.length;
    this.#take(slot, asset, target, license, version);
    return true;
  }

  /** @returns whether it existed */
  remove(asset: number, target: TargetRef, version: number): boolean {
    const slot = this.#pairs.find(asset, target);
    if (slot === NONE) return false;
    this.#pairs.delete(asset, target);
    const license = this.#license[slot]!;
    this.#licenses[asset]![license] = NONE;
    this.#freeLicenses[asset]!.push(license);
    this.#unchain(slot, target);
    this.#unlist(slot);
    this.#asset[slot] = NONE;
    this.#free.push(slot);
    this.#blocks[(slot / BLOCK) | 0]! -= 1;
    this.#size -= 1;
    this.#freed.push({ version, asset, license });
    if (this.#freed.length > 2 * REMEMBERED_FREED) this.#freed = this.#freed.slice(-REMEMBERED_FREED);
    return true;
  }

  /** Slots from the n-th on. */
  page(start: number, count: number): number[] {
    const slots: number[] = [];
    let block = 0;
    let left = start;
    for (; block < this.#blocks.length && left >= this.#blocks[block]!; block += 1)
      left -= this.#blocks[block]!;
    for (let slot = block * BLOCK; slot < this.#used && slots.length < count; slot += 1) {
      if (this.#asset[slot] === NONE) continue;
      if (left > 0) left -= 1;
      else slots.push(slot);
    }
    return slots;
  }

  ofTarget(target: TargetRef): number[] {
    const slots: number[] = [];
    for (let slot = this.#firstOfTarget[target] ?? NONE; slot !== NONE; slot = this.#after[slot]!)
      slots.push(slot);
    return slots.reverse();
  }

  ofAsset(asset: number): number[] {
    return (this.#licenses[asset] ?? []).filter((slot) => slot !== NONE);
  }

  /** Slots that were taken after a version, in that order. */
  changedSince(version: number): number[] {
    const slots: number[] = [];
    for (
      let slot = this.#newest;
      slot !== NONE && this.#version[slot]! > version;
      slot = this.#older[slot]!
    ) {
      slots.push(slot);
    }
    return slots.reverse();
  }

  /** Licenses that were freed after a version and are still free, as far as they are remembered. */
  freedSince(version: number): { readonly asset: number; readonly license: number }[] {
    const seen = new Set<string>();
    return this.#freed.filter(({ version: at, asset, license }) => {
      const key = `${asset}/${license}`;
      if (at <= version || seen.has(key) || this.slotOfLicense(asset, license) !== undefined) return false;
      seen.add(key);
      return true;
    });
  }

  save(): SavedAssignments {
    return {
      columns: this.#columns.map((column) => column.slice(0, this.#used)),
      newest: this.#newest,
      firstOfTarget: this.#firstOfTarget.slice(),
      blocks: [...this.#blocks],
      free: [...this.#free],
      used: this.#used,
      size: this.#size,
      licenses: lists(this.#licenses),
      freeLicenses: lists(this.#freeLicenses),
      freed: [...this.#freed],
    };
  }

  slots(): TakenSlots {
    return {
      taken: this.changedSince(Number.NEGATIVE_INFINITY).map((slot) => ({
        slot,
        asset: this.#asset[slot]!,
        target: this.#target[slot]!,
        license: this.#license[slot]!,
        version: this.#version[slot]!,
      })),
      freeSlots: [...this.#free],
      freeLicenses: Array.from(this.#freeLicenses, (licenses) => [...(licenses ?? [])]),
      freed: [...this.#freed],
    };
  }

  /** Replaces the content. @throws RangeError if the slots do not form a table */
  fill({ taken, freeSlots, freeLicenses, freed }: TakenSlots): void {
    const used = taken.length + freeSlots.length;
    checkAllOnce([...taken.map(({ slot }) => slot), ...freeSlots], 'slot');
    this.restore(new AssignmentTable().save());
    while (this.#capacity < used) this.#grow();
    while (this.#used < used) this.#fresh();
    replace(this.#free, freeSlots);
    replace(this.#freeLicenses, lists(freeLicenses));
    const licensesOf = new Map<number, number[]>();
    for (const { asset, license } of taken) {
      const own = licensesOf.get(asset);
      if (own === undefined) licensesOf.set(asset, [license]);
      else own.push(license);
    }
    freeLicenses.forEach((free, asset) => {
      const own = licensesOf.get(asset) ?? [];
      checkAllOnce([...own, ...free], `license of asset ${asset}`);
      this.#licenses[asset] = Array.from({ length: own.length + free.length }, () => NONE);
    });
    for (const { slot, asset, target, license, version } of taken) {
      if (this.#licenses[asset] === undefined)
        throw new RangeError(`asset ${asset} has no list of free licenses`);
      if (this.#pairs.find(asset, target) !== NONE)
        throw new RangeError(`asset ${asset} is assigned to the same target twice`);
      this.#take(slot, asset, target, license, version);
    }
    this.#freed = [...freed];
  }

  get #columns(): readonly Column[] {
    return [
      this.#asset,
      this.#target,
      this.#license,
      this.#version,
      this.#after,
      this.#before,
      this.#newer,
      this.#older,
    ];
  }

  restore(saved: SavedAssignments): void {
    while (this.#capacity < saved.used) this.#grow();
    this.#asset.fill(NONE);
    this.#columns.forEach((column, index) => {
      column.set(saved.columns[index]!);
    });
    this.#newest = saved.newest;
    this.#firstOfTarget = saved.firstOfTarget.slice();
    replace(this.#blocks, saved.blocks);
    replace(this.#free, saved.free);
    this.#used = saved.used;
    this.#size = saved.size;
    this.#pairs.clear();
    for (let slot = 0; slot < this.#used; slot += 1) {
      const asset = this.#asset[slot]!;
      if (asset !== NONE) this.#pairs.set(asset, this.#target[slot]!, slot);
    }
    replace(this.#licenses, lists(saved.licenses));
    replace(this.#freeLicenses, lists(saved.freeLicenses));
    this.#freed = [...saved.freed];
  }

  #take(slot: number, asset: number, target: TargetRef, license: number, version: number): void {
    this.#pairs.set(asset, target, slot);
    this.#asset[slot] = asset;
    this.#target[slot] = target;
    this.#licenses[asset]![license] = slot;
    this.#license[slot] = license;
    this.#chain(slot, target);
    this.#touch(slot, version);
    this.#blocks[(slot / BLOCK) | 0]! += 1;
    this.#size += 1;
  }

  #fresh(): number {
    if (this.#used === this.#capacity) this.#grow();
    const slot = this.#used;
    this.#used += 1;
    if (slot % BLOCK === 0) this.#blocks.push(0);
    return slot;
  }

  #grow(): void {
    this.#capacity *= 2;
    const larger = (column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(this.#capacity);
      grown.set(column);
      return grown;
    };
    this.#asset = larger(this.#asset);
    this.#target = larger(this.#target);
    this.#license = larger(this.#license);
    this.#version = larger(this.#version);
    this.#after = larger(this.#after);
    this.#before = larger(this.#before);
    this.#newer = larger(this.#newer);
    this.#older = larger(this.#older);
  }

  #chain(slot: number, target: TargetRef): void {
    if (target >= this.#firstOfTarget.length) {
      const grown = new Int32Array(Math.max(target + 1, this.#firstOfTarget.length * 2)).fill(NONE);
      grown.set(this.#firstOfTarget);
      this.#firstOfTarget = grown;
    }
    const first = this.#firstOfTarget[target]!;
    this.#after[slot] = first;
    this.#before[slot] = NONE;
    if (first !== NONE) this.#before[first] = slot;
    this.#firstOfTarget[target] = slot;
  }

  #unchain(slot: number, target: TargetRef): void {
    const after = this.#after[slot]!;
    const before = this.#before[slot]!;
    if (after !== NONE) this.#before[after] = before;
    if (before !== NONE) this.#after[before] = after;
    else this.#firstOfTarget[target] = after;
  }

  #touch(slot: number, version: number): void {
    this.#version[slot] = version;
    this.#older[slot] = this.#newest;
    this.#newer[slot] = NONE;
    if (this.#newest !== NONE) this.#newer[this.#newest] = slot;
    this.#newest = slot;
  }

  #unlist(slot: number): void {
    const newer = this.#newer[slot]!;
    const older = this.#older[slot]!;
    if (newer !== NONE) this.#older[newer] = older;
    else this.#newest = older;
    if (older !== NONE) this.#newer[older] = newer;
  }
}
