import type { Behavior } from '../../services/behavior.ts';
import type { Asset } from './asset-list.ts';
import type { PricingParam } from './definition.ts';

export type EventType = 'ASSOCIATE' | 'DISASSOCIATE' | 'REVOKE' | 'CREATE' | 'UPDATE' | 'RETIRE';

export interface NamedAsset {
  readonly adamId: string;
  readonly pricingParam: PricingParam;
}

export interface RequestUser {
  readonly clientUserId: string;
  readonly email?: string | undefined;
  readonly managedAppleId?: string | undefined;
}

/** What a client asked to be done in its own time. Indexes are of the location's assets. */
export type EventRequest =
  | {
      readonly kind: 'assets';
      readonly type: 'ASSOCIATE' | 'DISASSOCIATE';
      readonly assets: readonly number[];
      readonly clientUserIds: readonly string[];
      readonly serialNumbers: readonly string[];
    }
  | {
      readonly kind: 'revoke';
      readonly type: 'REVOKE';
      readonly clientUserIds: readonly string[];
      readonly serialNumbers: readonly string[];
    }
  | {
      readonly kind: 'users';
      readonly type: 'CREATE' | 'UPDATE' | 'RETIRE';
      readonly users: readonly RequestUser[];
    }
  | {
      readonly kind: 'subscriptions';
      readonly type: 'ASSOCIATE' | 'DISASSOCIATE';
      readonly adamIds: readonly number[];
      readonly clientUserIds: readonly string[];
      readonly renewing: boolean;
      readonly deferred: boolean;
    };

export interface EventFailure {
  readonly errorNumber: number;
  readonly assets: readonly NamedAsset[];
  readonly clientUserIds: readonly string[];
  readonly serialNumbers: readonly string[];
}

export interface ContentEvent {
  readonly eventId: string;
  readonly type: EventType;
  readonly numRequested: number;
  /** Undefined once it is done. */
  request: EventRequest | undefined;
  status: 'PENDING' | 'COMPLETE' | 'FAILED';
  numCompleted: number;
  failures: readonly EventFailure[];
}

export type EventReader = Readonly<ContentEvent>;

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

/** Error of every so many pairs, by behavior; 0 for the others. */
export function createForcedFailure({ event_error, event_error_every }: Behavior['vpp']): () => number {
  if (event_error === 0) return () => 0;
  let count = 0;
  return () => {
    count += 1;
    return count % event_error_every === 0 ? event_error : 0;
  };
}
