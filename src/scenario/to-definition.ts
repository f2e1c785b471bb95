import type { FaultDefinition } from '../engine/faults/definition.ts';
import type { ScenarioDefinition } from '../engine/tenant.ts';
import type { LocationDefinition } from '../organization/content/definition.ts';
import type { DeviceItem, MdmServerDefinition, ProfileDefinition } from '../organization/definition.ts';
import type { PushDefinition } from '../organization/push/push-key.ts';
import type { BehaviorSettings } from '../services/behavior.ts';
import type { ScenarioFile } from './schema/scenario.ts';

type ServerFile = NonNullable<ScenarioFile['mdm_servers']>[number];
type PushFile = ScenarioFile['push'];
type LocationFile = NonNullable<ScenarioFile['locations']>[number];
export type FaultFile = NonNullable<ScenarioFile['faults']>[number];

const DEFAULT_SERVERS: readonly ServerFile[] = [{ server_name: 'MDM server' }];

function toServer(server: ServerFile): MdmServerDefinition {
  const profiles = server.profiles?.map((members): ProfileDefinition => {
    const { profile_uuid, ...profile } = members as Record<string, unknown>;
    return { profile_uuid: profile_uuid as string | undefined, profile };
  });
  return { ...server, profiles };
}

function toPush(push: PushFile): PushDefinition | undefined {
  if (push === undefined) return undefined;
  return {
    topic: push.topic,
    teamId: push.team_id,
    revokedCertificates: push.revoked_certificates,
    revokedTopics: push.revoked_topics,
    keys: push.keys?.map((key) => ({
      keyId: key.key_id,
      teamId: key.team_id,
      environment: key.environment,
      topics: key.topics,
      relatedKey: key.related_key,
      publicKey: key.public_key,
      revoked: key.revoked,
    })),
  };
}

const DEFAULT_LOCATIONS: readonly LocationFile[] = [{ name: 'Headquarters' }];

export function toFault({ retry_after, rate_limit, bytes_per_second, ...fault }: FaultFile): FaultDefinition {
  return {
    ...fault,
    rateLimit: rate_limit,
    bytesPerSecond: bytes_per_second,
    retryAfter: retry_after === undefined ? undefined : Math.ceil(retry_after / 1000),
  } as FaultDefinition;
}

/** Converts a validated scenario file, and adds the defaults of everything that it leaves out. */
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
      mdmServers: (file.mdm_servers ?? DEFAULT_SERVERS).map(toServer),
      devices: (file.devices ?? []) as readonly DeviceItem[],
      push: toPush(file.push),
      locations: (file.locations ?? DEFAULT_LOCATIONS) as readonly LocationDefinition[],
      apps: file.apps ?? [],
      managedAppleAccounts: file.managed_apple_accounts,
      metadataKeys: file.metadata_keys ?? [],
      webhooks: file.webhooks ?? {},
      behavior: (file.behavior ?? {}) as BehaviorSettings,
      state: file.state,
    },
    faults: (file.faults ?? []).map(toFault),
    serverFaults: (file.server_faults ?? []).map(toFault),
  };
}
