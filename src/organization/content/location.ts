import type { AssetShelf, AssetShelfReader } from './asset-shelf.ts';
import type { AssignmentReader, AssignmentTable } from './assignment-table.ts';
import type { ContentToken } from './content-token.ts';
import type { MdmInfo } from './definition.ts';
import type { ContentEvent, EventReader } from './event.ts';
import type { ContentNotification, NotificationType } from './notification.ts';
import type { SerialReader, SerialRegister } from './serial-register.ts';
import type { Subscription, SubscriptionReader } from './subscription.ts';
import type { UserRegister, UserRegisterReader } from './user-register.ts';

export const DATA_SETS = ['assets', 'assignments', 'users', 'subscriptions'] as const;

export type DataSet = (typeof DATA_SETS)[number];

/** What the MDM of a location told about itself. */
export interface ClientConfig {
  readonly mdmInfo?: MdmInfo | undefined;
  readonly notificationUrl?: string | undefined;
  readonly notificationAuthToken?: string | undefined;
  readonly notificationTypes: readonly NotificationType[];
}

/** v1's own members of the client config, stored and given back. */
export interface LegacyConfig {
  readonly apnToken?: string | undefined;
  readonly notificationToken?: string | undefined;
  readonly notificationUrl?: string | undefined;
}

/** One location with all that Apple knows of it. Written by the appliers in this folder alone. */
export interface LocationState {
  readonly index: number;
  readonly name: string;
  /** Library id: digits. */
  readonly uId: string;
  readonly locationId: number;
  readonly country: string;
  readonly platform: 'enterprisestore' | 'volumestore';
  readonly managedByApple: boolean;
  readonly tokens: ContentToken[];
  readonly assets: AssetShelf;
  readonly users: UserRegister;
  readonly serials: SerialRegister;
  readonly assignments: AssignmentTable;
  readonly subscriptions: Subscription[];
  subscriptionsEnabled: boolean;
  readonly events: Map<string, ContentEvent>;
  /** Each rises with every write to the data set. */
  readonly versions: Record<DataSet, number>;
  config: ClientConfig;
  legacyConfig: LegacyConfig;
  clientContext: string | undefined;
  usedByV2: boolean;
  /** What is still to be sent, the oldest first. */
  outbox: ContentNotification[];
}

/** The same, for everybody else. */
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
  readonly assets: AssetShelfReader;
  readonly users: UserRegisterReader;
  readonly serials: SerialReader;
  readonly assignments: AssignmentReader;
  readonly subscriptions: readonly SubscriptionReader[];
  readonly events: ReadonlyMap<string, EventReader>;
  readonly versions: Readonly<Record<DataSet, number>>;
  readonly outbox: readonly ContentNotification[];
}

export interface ContentState {
  readonly locations: LocationState[];
}

export interface Content {
  readonly locations: readonly Location[];
}
