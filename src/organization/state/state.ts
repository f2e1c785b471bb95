import type { Asset } from '../content/asset-shelf.ts';
import type { ContentEvent } from '../content/event.ts';
import type { LocationState } from '../content/location.ts';
import type { SavedSerials } from '../content/serial-register.ts';
import type { SavedUsers } from '../content/user-register.ts';
import type { EnrollmentProfile, LiteralDevice, ProfileStatus } from '../definition.ts';
import type { MdmServer, ServerToken, Session } from '../enrollment/mdm-server.ts';
import type { SyncOperation } from '../enrollment/sync-log.ts';
import type { GenerateDefinition } from '../inventory/generated-group.ts';
import type { BroadcastChannel } from '../push/channel.ts';
import type { DiscardReason, PushFate } from '../push/push.ts';
import type { PushKey } from '../push/push-key.ts';
import type { RegistrationRecord } from '../push/registration.ts';
import type { PushCounts } from '../push/state.ts';
import type { Beginning } from '../saved.ts';

/**
 * What has become of an organization since its beginning, in the words of a scenario file. What is left out is as the
 * beginning has it. Times in milliseconds since the epoch.
 */
export interface OrganizationState {
  /** Id of the organization that it was then: credentials that are made up go by it. */
  readonly organizationId?: string | undefined;
  readonly begun?: Beginning | undefined;
  readonly changes?: number | undefined;
  /** How many of each kind were handed out. */
  readonly identifiers?: Readonly<Record<string, number>> | undefined;
  readonly clientTimes?: readonly (readonly [stamp: string, offset: number])[] | undefined;
  readonly planned?: readonly PlannedState[] | undefined;
  readonly enrollment?: EnrollmentTold | undefined;
  readonly push?: PushTold | undefined;
  readonly locations?: readonly LocationTold[] | undefined;
}

/** By serial number; by its number where another device has taken over the serial number. */
export type DeviceName = string | number;

/** The device, `SERIAL/user` for its user; a number where the token is of no device. */
export type RegistrationName = string | number;

/** What falls due by itself. */
export interface PlannedState {
  readonly at: number;
  readonly throttleEnds?: readonly DeviceName[] | undefined;
  readonly eventProcessed?: { readonly location: number; readonly eventId: string } | undefined;
}

export interface EnrollmentTold {
  readonly terms?: 'accepted' | 'expired' | undefined;
  readonly accountDrivenProfile?: { readonly url: string; readonly updatedAt: number } | undefined;
  readonly lastEvent?: number | undefined;
  readonly mdmServers?: readonly ServerTold[] | undefined;
  /** Those defined since the beginning. */
  readonly profiles?: readonly ProfileTold[] | undefined;
  /** Devices that came since the beginning, in groups as they came. */
  readonly groups?: readonly GroupTold[] | undefined;
  /** Those that something happened to. */
  readonly devices?: readonly DeviceTold[] | undefined;
}

export interface ServerTold {
  readonly serverName: string;
  readonly serverTokens?: readonly Readonly<ServerToken>[] | undefined;
  readonly sessions?: readonly SessionTold[] | undefined;
  readonly nonces?: readonly (readonly [nonce: string, forgetAt: number])[] | undefined;
  readonly window?: Readonly<MdmServer['window']> | undefined;
  readonly syncLog?: { readonly foldedUpTo: number; readonly events: readonly EventTold[] } | undefined;
}

export type SessionTold = Readonly<Omit<Session, 'endsAt'>> & {
  /** Undefined where nothing ends it but time. */
  readonly endsAt?: number | undefined;
};

export interface EventTold {
  readonly number: number;
  readonly at: number;
  readonly operation: SyncOperation;
  readonly devices?: readonly DeviceName[] | undefined;
  /** So many, one after another. */
  readonly from?: DeviceName | undefined;
  readonly count?: number | undefined;
  readonly releasedByReplacement?: boolean | undefined;
}

export interface ProfileTold {
  readonly mdmServer: string;
  readonly profileUuid: string;
  readonly profile: EnrollmentProfile;
}

export interface PlaceTold {
  /** Undefined: of none. */
  readonly mdmServer?: string | undefined;
  readonly disowned?: boolean | undefined;
  /** `profile_uuid`. */
  readonly profile?: string | undefined;
  readonly profileStatus?: ProfileStatus | undefined;
  readonly deviceAssignedDate?: number | undefined;
  readonly profileAssignTime?: number | undefined;
  readonly profilePushTime?: number | undefined;
  /** Number of the event that brought it to its MDM server. */
  readonly memberSince?: number | undefined;
}

export interface GroupTold extends PlaceTold {
  readonly generated?: GenerateDefinition | undefined;
  readonly named?: readonly LiteralDevice[] | undefined;
  readonly deviceAssignedBy: string;
}

export interface DeviceTold extends PlaceTold {
  readonly serialNumber: DeviceName;
  readonly deviceAssignedBy?: string | undefined;
  readonly mdmMigrationDeadline?: number | undefined;
  readonly throttledUntil?: number | undefined;
  readonly activationLocked?: boolean | undefined;
  readonly replaces?: { readonly device: DeviceName; readonly at: number } | undefined;
}

export interface PushTold {
  readonly registrations?: readonly RegistrationTold[] | undefined;
  /** Who has which of the tokens that were given since the beginning. */
  readonly tokens?: readonly (readonly [pushToken: string, of: RegistrationName])[] | undefined;
  readonly formerTokens?: readonly FormerTokenTold[] | undefined;
  /** How many tokens of no device there were. */
  readonly tokensOfNoDevice?: number | undefined;
  readonly keys?: readonly PushKey[] | undefined;
  readonly revokedCertificates?: readonly string[] | undefined;
  readonly revokedTopics?: readonly string[] | undefined;
  readonly channels?: readonly (Readonly<BroadcastChannel> & { readonly home: string })[] | undefined;
  readonly counts?: Readonly<PushCounts> | undefined;
  /** Where the ids that are made up stand. */
  readonly ids?: readonly number[] | undefined;
}

export type RegistrationTold = { readonly of: RegistrationName; readonly online: boolean } & {
  readonly [Member in keyof Omit<RegistrationRecord, 'online'>]?: RegistrationRecord[Member] | undefined;
} & NewestPushTold;

/** The newest push and what became of it, and how many came within the minute that began at `countedFrom`. */
interface NewestPushTold {
  readonly lastId?: string | undefined;
  readonly lastAt?: number | undefined;
  readonly lastFate?: PushFate | undefined;
  readonly lastReason?: DiscardReason | undefined;
  readonly lastWoke?: boolean | undefined;
  readonly countedFrom?: number | undefined;
  readonly counted?: number | undefined;
}

export interface FormerTokenTold {
  readonly token: string;
  readonly of: RegistrationName;
  readonly topic: string;
  readonly endedAt: number;
}

type PlainOfLocation = Pick<
  LocationState,
  | 'tokens'
  | 'subscriptionsEnabled'
  | 'versions'
  | 'config'
  | 'legacyConfig'
  | 'clientContext'
  | 'usedByV2'
  | 'outbox'
>;

/** In the order of the locations of the file. */
export type LocationTold = {
  readonly [Member in keyof PlainOfLocation]?: Readonly<PlainOfLocation[Member]> | undefined;
} & {
  readonly name: string;
  readonly assets?: readonly Readonly<Omit<Asset, 'index' | 'assigned'>>[] | undefined;
  readonly users?: UsersTold | undefined;
  readonly assignments?: AssignmentsTold | undefined;
  readonly subscriptions?: readonly SubscriptionTold[] | undefined;
  readonly events?: readonly Readonly<ContentEvent>[] | undefined;
};

export type UsersTold = {
  readonly [Member in keyof SavedUsers]: Member extends 'users'
    ? readonly Omit<SavedUsers['users'][number], 'index'>[]
    : SavedUsers[Member];
};

/** Licenses in the order in which they were taken. */
export interface AssignmentsTold extends SavedSerials {
  readonly taken: readonly AssignmentTold[];
  readonly freeSlots: readonly number[];
  /** Of each asset, in the order of the assets. */
  readonly freeLicenses: readonly (readonly number[])[];
  readonly freed: readonly (readonly [version: number, asset: number, license: number])[];
}

export interface AssignmentTold {
  /** Index of the asset. */
  readonly asset: number;
  /** Index of the user. */
  readonly user?: number | undefined;
  readonly serialNumber?: string | undefined;
  readonly slot: number;
  readonly license: number;
  readonly version: number;
}

export interface SubscriptionTold {
  readonly adamId: number;
  readonly parentAdamId?: number | undefined;
  readonly renewing: number;
  readonly expiring: number;
  readonly periodEnd: string;
  readonly seats: readonly (readonly [clientUserId: string, renews: boolean])[];
  readonly admins: readonly string[];
}
