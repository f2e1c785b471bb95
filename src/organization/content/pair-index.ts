const NONE = -1;
const FIRST_CAPACITY = 2048;

/** The index grows beyond this load. */
const LOAD = 0.6;

/**
 * The slot of each pair of asset and target: open addressing in flat columns, so that hundreds of thousands of pairs
 * create no objects.
 */
export class PairIndex {
  #mask = FIRST_CAPACITY - 1;
  #assets = new Int32Array(FIRST_CAPACITY);
  #targets = new Int32Array(FIRST_CAPACITY);
  #slots = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #size = 0;

  /** The slot; -1 if the pair has none. */
  find(asset: number, target: number): number {
    const slots = this.#slots;
    for (let place = this.#home(asset, target); ; place = (place + 1) & this.#mask) {
      const slot = slots[place]!;
      if (slot === NONE) return NONE;
      if (this.#targets[place] === target && this.#assets[place] === asset) return slot;
    }
  }

  /** Of a pair that is not in the index. */
  set(asset: number, target: number, slot: number): void {
    if (this.#size >= LOAD * this.#slots.length) this.#grow();
    let place = this.#home(asset, target);
    while (this.#slots[place] !== NONE) place = (place + 1) & this.#mask;
    this.#put(place, asset, target, slot);
    this.#size += 1;
  }

  /** Later entries move up, so that no search ends too early. */
  delete(asset: number, target: number): void {
    let hole = this.#home(asset, target);
    while (this.#targets[hole] !== target || this.#assets[hole] !== asset) {
      if (this.#slots[hole] === NONE) return;
      hole = (hole + 1) & this.#mask;
    }
    for (let place = (hole + 1) & this.#mask; this.#slots[place] !== NONE; place = (place + 1) & this.#mask) {
      const home = this.#home(this.#assets[place]!, this.#targets[place]!);
      // It may move to the hole if its home is not between the two.
      if (((place - home) & this.#mask) >= ((place - hole) & this.#mask)) {
        this.#put(hole, this.#assets[place]!, this.#targets[place]!, this.#slots[place]!);
        hole = place;
      }
    }
    this.#slots[hole] = NONE;
    this.#size -= 1;
  }

  clear(): void {
    this.#slots.fill(NONE);
    this.#size = 0;
  }

  #home(asset: number, target: number): number {
    let hash = Math.imul(target, 0x9e3779b1) ^ Math.imul(asset + 1, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    return (hash ^ (hash >>> 13)) & this.#mask;
  }

  #put(place: number, asset: number, target: number, slot: number): void {
    this.#assets[place] = asset;
    this.#targets[place] = target;
    this.#slots[place] = slot;
  }

  #grow(): void {
    const [assets, targets, slots] = [this.#assets, this.#targets, this.#slots];
    const capacity = slots.length * 2;
    this.#mask = capacity - 1;
    this.#assets = new Int32Array(capacity);
    this.#targets = new Int32Array(capacity);
    this.#slots = new Int32Array(capacity).fill(NONE);
    this.#size = 0;
    slots.forEach((slot, place) => {
      if (slot !== NONE) this.set(assets[place]!, targets[place]!, slot);
    });
  }
}
