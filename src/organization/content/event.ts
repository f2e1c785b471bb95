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

/** An asynchronous request of a client. Assets are indexes in the list of the location. */
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

/** One asset and one user or device. */
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

/** Collects the results of an event: completed pairs, and failed pairs by their error. */
export class EventResult {
  readonly done: Pair[] = [];
  readonly #failed = new Map<number, Failed>();
  readonly #keepsDone: boolean;
  completed = 0;

  /** @param keepsDone whether completed pairs are needed, not only their number */
  constructor(keepsDone: boolean) {
    this.#keepsDone = keepsDone;
  }

  /** @param error 0 if it was completed */
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

  /** Grouped by error, each with its subjects: https://developer.apple.com/documentation/devicemanagement/responseerrorinfo */
  get failures(): readonly EventFailure[] {
    return [...this.#failed].map(([errorNumber, { assets, clientUserIds, serialNumbers }]) => ({
      errorNumber,
      // Apple's sample of a failure lists no assets for an unknown user.
      assets: errorNumber === 9609 ? [] : [...assets.values()],
      clientUserIds: [...clientUserIds],
      serialNumbers: [...serialNumbers],
    }));
  }
}

export const named = ({ adamId, pricingParam }: Asset): NamedAsset => ({ adamId, pricingParam });

/** The behavior settings that make pairs fail. */
interface ForcedFailures {
  /** Error number; 0: none fails. */
  readonly event_error: number;
  readonly event_error_every: number;
}

/** The error of every n-th pair by the behavior settings; 0 for the others. */
export function createForcedFailure({ event_error, event_error_every }: ForcedFailures): () => number {
  if (event_error === 0) return () => 0;
  let count = 0;
  return () => {
    count += 1;
    return count % event_error_every === 0 ? event_error : 0;
  };
}
