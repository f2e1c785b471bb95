import { BEHAVIOUR } from '../../catalogue/behaviour.ts';
import type { BehaviourKey } from '../../catalogue/behaviour-key.ts';
import type { FaultAnswer, FaultTime, Latency } from '../../exchange/faults/definition.ts';
import type { Fault } from '../../exchange/faults/fault-table.ts';
import type { Tenant } from '../../exchange/tenant.ts';
import { currentToken, type MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import { pemOf } from '../../organization/push/public-key.ts';
import { locationsOf } from './content.ts';
import { changedDevicesOf, devicesOf } from './devices.ts';
import { at, duration, said, some } from './text.ts';

/** A scenario file, as an object, that describes an organization as it is now. */
export function scenarioOf({
  organization,
  faults,
  serverFaults,
}: Pick<Tenant, 'organization' | 'faults' | 'serverFaults'>): object {
  const { definition, runtime, account, enrollment } = organization;
  const { clock } = runtime;
  return said({
    name: definition.name,
    seed: definition.seed,
    clock: { at: at(clock.now()), rate: clock.rate },
    client_time: definition.clientTime,
    depsim: definition.depsim,
    organization: {
      ...account,
      terms: enrollment.terms,
      account_driven_enrollment: definition.accountDrivenEnrollment,
      activation_lock: definition.activationLock,
      ...(definition.betaTokens === undefined ? {} : { beta_tokens: definition.betaTokens }),
    },
    mdm_servers: enrollment.servers.map((server) => serverOf(organization, server)),
    devices: some(devicesOf(organization)),
    changed_devices: some(changedDevicesOf(organization)),
    push: pushOf(organization),
    locations: locationsOf(organization),
    apps: some(definition.apps ?? []),
    managed_apple_accounts: definition.managedAppleAccounts,
    metadata_keys: some(definition.metadataKeys ?? []),
    webhooks: Object.keys(definition.webhooks ?? {}).length === 0 ? undefined : definition.webhooks,
    behaviour: behaviourOf(organization),
    faults: some(faults.faults.flatMap(faultOf)),
    server_faults: some(serverFaults.faults.flatMap(faultOf)),
  });
}

function serverOf({ enrollment }: Organization, server: MdmServer): object {
  const { consumer_key, consumer_secret, access_token, access_secret, status, expiresAt } =
    currentToken(server);
  const profiles = enrollment.profiles.all().filter((profile) => profile.server === server.index);
  return said({
    server_name: server.serverName,
    server_uuid: server.serverUuid,
    admin_id: server.adminId,
    server_token: said({
      consumer_key,
      consumer_secret,
      access_token,
      access_secret,
      access_token_expiry: at(expiresAt),
      revoked: status !== 'valid',
    }),
    profiles: some(profiles.map(({ profileUuid, profile }) => ({ profile_uuid: profileUuid, ...profile }))),
  });
}

function pushOf({ push }: Organization): object {
  return said({
    topic: push.topic,
    team_id: push.teamId,
    keys: [...push.keys.values()].map((key) =>
      said({
        key_id: key.keyId,
        team_id: key.teamId,
        environment: key.environment,
        topics: key.topics,
        related_key: key.relatedKey,
        public_key: key.publicKey && pemOf(key.publicKey),
        revoked: key.revoked,
      }),
    ),
    revoked_certificates: some([...push.revokedCertificates]),
    revoked_topics: some([...push.revokedTopics]),
  });
}

function behaviourOf({ definition }: Organization): object | undefined {
  const services = Object.entries(definition.behaviour).map(([service, settings]) => {
    const table = BEHAVIOUR[service as keyof typeof BEHAVIOUR] as Readonly<Record<string, BehaviourKey>>;
    const written = Object.entries(settings ?? {}).map(([key, value]) => [
      key,
      table[key]?.kind === 'duration' ? duration(value as number) : value,
    ]);
    return [service, Object.fromEntries(written)] as const;
  });
  return services.length === 0 ? undefined : Object.fromEntries(services);
}

const timeOf = (time: FaultTime | undefined, now: number): string | undefined =>
  time === undefined || !Number.isFinite(now) ? undefined : at(now);

/** One that has struck as often as it may says nothing any longer. */
function faultOf({ id, definition, after, until, matched, struck }: Fault): readonly object[] {
  const { host, where, nth, times, answer, latency, retryAfter, probability, on } = definition;
  const { rateLimit, bytesPerSecond } = definition;
  if (times !== undefined && struck >= times) return [];
  if (nth !== undefined && matched >= nth) return [];
  return [
    said({
      id,
      on,
      host,
      where,
      nth: nth === undefined ? undefined : nth - matched,
      times: times === undefined ? undefined : times - struck,
      after: timeOf(definition.after, after),
      until: timeOf(definition.until, until),
      probability,
      answer: answer && answerOf(answer),
      rate_limit: rateLimit && { ...rateLimit, per: duration(rateLimit.per) },
      latency: latency === undefined ? undefined : latencyOf(latency),
      bytes_per_second: bytesPerSecond,
      retry_after: retryAfter === undefined ? undefined : duration(retryAfter * 1000),
    }),
  ];
}

function latencyOf(latency: Latency): object | string {
  if (typeof latency === 'number') return duration(latency);
  if ('uniform' in latency) return { uniform: latency.uniform.map(duration) };
  const { median, sigma } = latency.log_normal;
  return { log_normal: { median: duration(median), sigma } };
}

const answerOf = (answer: FaultAnswer): object | string => ('error' in answer ? answer.error : answer);
