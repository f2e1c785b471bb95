import type { ClientTimePolicy } from '../core/client-times.ts';
import type { ClockSetting } from '../core/clock.ts';
import type { PostRules } from '../core/post.ts';
import type { BehaviorSettings } from '../services/behavior.ts';
import type { AppDefinition } from './content/app.ts';
import type { LocationDefinition } from './content/definition.ts';
import type { DeviceFacts, DeviceIdentifiers } from './inventory/device-facts.ts';
import type { GenerateDefinition } from './inventory/device-groups.ts';
import type { PushDefinition } from './push/push-key.ts';
import type { ReadableState } from './states.ts';

export type ProfileStatus = 'empty' | 'assigned' | 'pushed' | 'removed';

/** Credentials of an MDM server, as in the server token file. */
export interface ServerCredentials {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_secret: string;
}

export interface ServerTokenDefinition extends ServerCredentials {
  /** Milliseconds since the epoch. */
  readonly access_token_expiry?: number | undefined;
  readonly revoked?: boolean | undefined;
}

/** The members of an enrollment profile, as the MDM sent them. */
export type EnrollmentProfile = Readonly<Record<string, unknown>>;

export interface ProfileDefinition {
  readonly profile_uuid?: string | undefined;
  readonly profile: EnrollmentProfile;
}

export interface MdmServerDefinition {
  readonly server_name: string;
  readonly server_uuid?: string | undefined;
  readonly admin_id?: string | undefined;
  readonly server_token?: ServerTokenDefinition | undefined;
  readonly profiles?: readonly ProfileDefinition[] | undefined;
}

/** Facts of one device in a file or an action. Members that are left out derive from the seed. */
export interface LiteralDevice
  extends Partial<Omit<DeviceFacts, 'serial_number'>>,
    Partial<DeviceIdentifiers> {
  readonly serial_number: string;
  readonly mdm_server?: string | undefined;
  readonly profile_status?: ProfileStatus | undefined;
  /** `profile_uuid` or `profile_name` of a profile of the device's MDM server. */
  readonly profile?: string | undefined;
  readonly device_assigned_by?: string | undefined;
  readonly device_assigned_date?: number | undefined;
  readonly mdm_migration_deadline?: number | undefined;
  /** Hexadecimal. */
  readonly push_token?: string | undefined;
  readonly push_magic?: string | undefined;
  readonly push_topic?: string | undefined;
  /** Not reachable for pushes at the start. */
  readonly offline?: boolean | undefined;
}

export interface GeneratedDevices extends GenerateDefinition {
  readonly mdm_server?: string | undefined;
  readonly device_assigned_by?: string | undefined;
  readonly device_assigned_date?: number | undefined;
}

export type DeviceItem = LiteralDevice | GeneratedDevices;

export interface AccountDefinition {
  readonly org_name?: string | undefined;
  readonly org_email?: string | undefined;
  readonly org_phone?: string | undefined;
  readonly org_address?: string | undefined;
  readonly org_id?: string | undefined;
  readonly org_id_hash?: string | undefined;
  readonly org_type?: 'org' | 'edu' | undefined;
  readonly org_version?: 'v1' | 'v2' | undefined;
}

export interface BetaToken {
  readonly token: string;
  readonly title: string;
  readonly os: string;
}

/** A key that signs developer tokens for the catalog. */
export interface MetadataKey {
  readonly key_id: string;
  readonly team_id: string;
  /** PEM. */
  readonly public_key: string;
}

/** One tenant of the simulated Apple, as a scenario file describes it. Plain data. */
export interface OrganizationDefinition {
  readonly name: string;
  readonly seed: string;
  readonly clock?: ClockSetting | undefined;
  readonly clientTime?: ClientTimePolicy | undefined;
  readonly account: AccountDefinition;
  /** Whether the newest terms and conditions are accepted. */
  readonly terms: 'accepted' | 'expired';
  readonly accountDrivenEnrollment: boolean;
  readonly activationLock: boolean;
  /** Undefined: generated; null: the organization blocks beta software. */
  readonly betaTokens?: readonly BetaToken[] | null | undefined;
  /** Accepts the credentials of Apple's former simulator and serves `GET /token`. */
  readonly depsim: boolean;
  readonly mdmServers: readonly MdmServerDefinition[];
  readonly devices: readonly DeviceItem[];
  readonly push?: PushDefinition | undefined;
  readonly locations?: readonly LocationDefinition[] | undefined;
  readonly apps?: readonly AppDefinition[] | undefined;
  /** Undefined: every account is accepted. */
  readonly managedAppleAccounts?: readonly string[] | undefined;
  readonly metadataKeys?: readonly MetadataKey[] | undefined;
  readonly webhooks?: PostRules | undefined;
  readonly behavior: BehaviorSettings;
  /** The state of an exported organization. What it leaves out is as the rest describes it. */
  readonly state?: ReadableState | undefined;
}
