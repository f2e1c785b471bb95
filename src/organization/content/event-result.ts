import type { Asset } from './asset-list.ts';
import type { EventFailure, NamedAsset } from './event.ts';

/** What became of one asset and one user or device. */
export interface Pair {
  readonly asset: NamedAsset;
  readonly clientUserId?: string;
  readonly serialNumber?: string;
}

interface Failed {
  readonly assets: Map<string, NamedAsset>;
  readonly clientUserIds: Set<string>;
  readonly serialNumbers: Set<string>;
  readonly pairs: Pair[];
}

/** Gathers what came of an event: what was done, and what failed by its error. */
export class EventResult {
  readonly done: Pair[] = [];
  readonly #failed = new Map<number, Failed>();
  readonly #keepsDone: boolean;
  completed = 0;

  /** @param keepsDone whether anybody wants to know what was done, and not just how much */
  constructor(keepsDone: boolean) {
    this.#keepsDone = keepsDone;
  }

  /** @param error 0 where it was done */
  conclude(error: number, asset: NamedAsset, target: Omit<Pair, 'asset'>): void {
    if (error !== 0) this.fail(error, { asset, ...target });
    else {
      this.completed += 1;
      if (this.#keepsDone) this.done.push({ asset, ...target });
    }
  }

  fail(errorNumber: number, pair: Pair): void {
    let failed = this.#failed.get(errorNumber);
    if (failed === undefined) {
      failed = { assets: new Map(), clientUserIds: new Set(), serialNumbers: new Set(), pairs: [] };
      this.#failed.set(errorNumber, failed);
    }
    failed.assets.set(`${pair.asset.adamId}/${pair.asset.pricingParam}`, pair.asset);
    if (pair.clientUserId !== undefined) failed.clientUserIds.add(pair.clientUserId);
    if (pair.serialNumber !== undefined) failed.serialNumbers.add(pair.serialNumber);
    failed.pairs.push(pair);
  }

  get failedPairs(): readonly (readonly [errorNumber: number, pairs: readonly Pair[]])[] {
    return [...this.#failed].map(([errorNumber, { pairs }]) => [errorNumber, pairs]);
  }

  /** Grouped by error, each with what it is about: https://developer.apple.com/documentation/devicemanagement/responseerrorinfo */
  get failures(): readonly EventFailure[] {
    return [...this.#failed].map(([errorNumber, { assets, clientUserIds, serialNumbers }]) => ({
      errorNumber,
      // An unknown user is unknown whatever the asset is, as Apple's sample of a failure shows.
      assets: errorNumber === 9609 ? [] : [...assets.values()],
      clientUserIds: [...clientUserIds],
      serialNumbers: [...serialNumbers],
    }));
  }
}

export const named = ({ adamId, pricingParam }: Asset): NamedAsset => ({ adamId, pricingParam });
