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
