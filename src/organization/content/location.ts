import type { AssetList, AssetListReader } from './asset-list.ts';
import type { AssignmentReader, AssignmentTable } from './assignment-table.ts';
import type { ContentToken } from './content-token.ts';
import type { MdmInfo } from './definition.ts';
import type { ContentEvent, EventReader } from './event.ts';
import type { ContentNotification, NotificationType } from './notification.ts';
import type { SerialIndex, SerialReader } from './serial-index.ts';
import type { Subscription, SubscriptionReader } from './subscription.ts';
import type { UserIndex, UserIndexReader } from './user-index.ts';

export const DATA_SETS = ['assets', 'assignments', 'users', 'subscriptions'] as const;

export type DataSet = (typeof DATA_SETS)[number];

/** Client config of the MDM of a location. */
export interface ClientConfig {
  readonly mdmInfo?: MdmInfo | undefined;
  readonly notificationUrl?: string | undefined;
  readonly notificationAuthToken?: string | undefined;
  readonly notificationTypes: readonly NotificationType[];
}

/** Members of the client config that only v1 has, stored and returned. */
export interface LegacyConfig {
  readonly apnToken?: string | undefined;
  readonly notificationToken?: string | undefined;
  readonly notificationUrl?: string | undefined;
}

/** One location, as reducers write it. */
export interface LocationState {
  readonly index: number;
  readonly name: string;
  /** Library id: digits. */
  readonly uId: string;
  readonly locationId: number;
  readonly country: string;
  readonly platform: 'enterprisestore' | 'volumestore';
  readonly managedByApple: boolean;
  tokens: ContentToken[];
  readonly assets: AssetList;
  readonly users: UserIndex;
  readonly serials: SerialIndex;
  readonly assignments: AssignmentTable;
  readonly subscriptions: readonly Subscription[];
  subscriptionsEnabled: boolean;
  readonly events: Map<string, ContentEvent>;
  /** Each increases with every write to the data set. */
  readonly versions: Record<DataSet, number>;
  config: ClientConfig;
  legacyConfig: LegacyConfig;
  clientContext: string | undefined;
  usedByV2: boolean;
  /** Notifications to send, the oldest first. */
  outbox: ContentNotification[];
}

/** The same for everything but reducers. */
export interface Location
  extends Readonly<
    Omit<
      LocationState,
      | 'tokens'
      | 'assets'
      | 'users'
      | 'serials'
      | 'assignments'
      | 'subscriptions'
      | 'events'
      | 'versions'
      | 'outbox'
    >
  > {
  readonly tokens: readonly Readonly<ContentToken>[];
  readonly assets: AssetListReader;
  readonly users: UserIndexReader;
  readonly serials: SerialReader;
  readonly assignments: AssignmentReader;
  readonly subscriptions: readonly SubscriptionReader[];
  readonly events: ReadonlyMap<string, EventReader>;
  readonly versions: Readonly<Record<DataSet, number>>;
  readonly outbox: readonly ContentNotification[];
}
