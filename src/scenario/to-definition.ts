import type { BehaviourSettings } from '../catalogue/behaviour.ts';
import type { FaultDefinition } from '../exchange/faults/definition.ts';
import type { ScenarioDefinition } from '../exchange/tenant.ts';
import type { LocationDefinition } from '../organization/content/definition.ts';
import type { DeviceItem, MdmServerDefinition, ProfileDefinition } from '../organization/definition.ts';
import type { PushDefinition } from '../organization/push/definition.ts';
import type { ScenarioFile } from './schema/scenario.ts';

type ServerFile = NonNullable<ScenarioFile['mdm_servers']>[number];
type PushFile = ScenarioFile['push'];
type LocationFile = NonNullable<ScenarioFile['locations']>[number];
export type FaultFile = NonNullable<ScenarioFile['faults']>[number];

const DEFAULT_SERVERS: readonly ServerFile[] = [{ server_name: 'MDM server' }];

function toServer(server: ServerFile, credentials: ScenarioFile['credentials']): MdmServerDefinition {
  const profiles = server.profiles?.map((members): ProfileDefinition => {
    const { profile_uuid, ...profile } = members as Record<string, unknown>;
    return { profile_uuid: profile_uuid as string | undefined, profile };
  });
  return { ...server, profiles, server_token: credentials === 'generate' ? undefined : server.server_token };
}

/** `generate` leaves out what only one organization can hold. */
function toDevice(item: DeviceItem, credentials: ScenarioFile['credentials']): DeviceItem {
  if (credentials !== 'generate' || !('push_token' in item)) return item;
  return { ...item, push_token: undefined };
}

function toPush(push: PushFile, credentials: ScenarioFile['credentials']): PushDefinition | undefined {
  if (push === undefined) return undefined;
  const generate = credentials === 'generate';
  return {
    topic: generate ? undefined : push.topic,
    teamId: push.team_id,
    revokedCertificates: push.revoked_certificates,
    revokedTopics: push.revoked_topics,
    keys: push.keys?.map((key) => ({
      keyId: generate ? undefined : key.key_id,
      teamId: key.team_id,
      environment: key.environment,
      topics: key.topics,
      relatedKey: generate ? undefined : key.related_key,
      publicKey: key.public_key,
      revoked: key.revoked,
    })),
  };
}

const DEFAULT_LOCATIONS: readonly LocationFile[] = [{ name: 'Headquarters' }];

function toLocation(location: LocationFile, credentials: ScenarioFile['credentials']): LocationDefinition {
  if (credentials !== 'generate') return location as LocationDefinition;
  const content_tokens = location.content_tokens?.map((token) => ({ ...token, token: undefined }));
  return { ...location, content_tokens } as LocationDefinition;
}

export function toFault({ retry_after, rate_limit, bytes_per_second, ...fault }: FaultFile): FaultDefinition {
  return {
    ...fault,
    rateLimit: rate_limit,
    bytesPerSecond: bytes_per_second,
    retryAfter: retry_after === undefined ? undefined : Math.ceil(retry_after / 1000),
  } as FaultDefinition;
}

/** What a checked file says, in the terms of the lower rooms, with everything that was left out. */
export function toDefinition(file: ScenarioFile): ScenarioDefinition {
  const { terms, account_driven_enrollment, activation_lock, beta_tokens, ...account } =
    file.organization ?? {};
  return {
    organization: {
      name: file.name,
      seed: String(file.seed ?? 1),
      clock: file.clock,
      clientTime: file.client_time,
      account,
      terms: terms ?? 'accepted',
      accountDrivenEnrollment: account_driven_enrollment ?? true,
      activationLock: activation_lock ?? true,
      betaTokens: beta_tokens,
      depsim: file.depsim ?? false,
      mdmServers: (file.mdm_servers ?? DEFAULT_SERVERS).map((server) => toServer(server, file.credentials)),
      devices: (file.devices ?? []).map((item) => toDevice(item as DeviceItem, file.credentials)),
      changedDevices: file.changed_devices,
      push: toPush(file.push, file.credentials),
      locations: (file.locations ?? DEFAULT_LOCATIONS).map((location) =>
        toLocation(location, file.credentials),
      ),
      apps: file.apps ?? [],
      managedAppleAccounts: file.managed_apple_accounts,
      metadataKeys: file.metadata_keys ?? [],
      webhooks: file.webhooks ?? {},
      behaviour: (file.behaviour ?? {}) as BehaviourSettings,
    },
    faults: (file.faults ?? []).map(toFault),
    serverFaults: (file.server_faults ?? []).map(toFault),
  };
}
