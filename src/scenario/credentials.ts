import type { ScenarioDefinition } from '../engine/tenant.ts';
import { contentCredential } from '../services/vpp/content-credential.ts';
import type { Finding } from './reading/problem.ts';

/** The path in the file of a credential that the credential index names. */
export function pathOfCredential(
  { organization }: ScenarioDefinition,
  credential: string | undefined,
): Finding['path'] | undefined {
  if (credential === undefined) return undefined;
  if (credential === 'depsim') return ['depsim'];
  const pushPath = pushPathOf(organization, credential);
  if (pushPath !== undefined) return pushPath;
  for (const [location, { content_tokens = [] }] of (organization.locations ?? []).entries()) {
    const token = content_tokens.findIndex(
      ({ token }) => token !== undefined && contentCredential(token) === credential,
    );
    if (token >= 0) return ['locations', location, 'content_tokens', token, 'token'];
  }
  const index = organization.mdmServers.findIndex(
    ({ server_token }) =>
      server_token !== undefined && credential === `consumer_key:${server_token.consumer_key}`,
  );
  return index < 0 ? undefined : ['mdm_servers', index, 'server_token', 'consumer_key'];
}

/** The same for the credentials of the push service. */
function pushPathOf(
  { push, devices }: ScenarioDefinition['organization'],
  credential: string,
): Finding['path'] | undefined {
  if (credential === `push_topic:${push?.topic}`) return ['push', 'topic'];
  const key = push?.keys?.findIndex(({ keyId }) => credential === `push_key:${keyId}`) ?? -1;
  if (key >= 0) return ['push', 'keys', key, 'key_id'];
  const device = devices.findIndex(
    (item) =>
      !('generate' in item) &&
      item.push_token !== undefined &&
      credential === `push_token:${item.push_token.toLowerCase()}`,
  );
  return device < 0 ? undefined : ['devices', device, 'push_token'];
}

/** Paths of the credentials, which only one organization can hold. `*` stands for every item of a list. */
const CREDENTIALS = [
  'mdm_servers.*.server_token',
  'devices.*.push_token',
  'push.topic',
  'push.keys.*.key_id',
  'push.keys.*.related_key',
  'locations.*.content_tokens.*.token',
  'state.organization_id',
  'state.enrollment.mdm_servers.*.server_tokens',
  'state.enrollment.mdm_servers.*.sessions',
  'state.push.registrations.*.token',
  'state.push.tokens',
  'state.push.former_tokens',
  'state.push.keys',
  'state.locations.*.tokens',
];

const PLACES: readonly (readonly string[])[] = CREDENTIALS.map((place) => place.split('.'));

/** A scenario file, before or after validation, without its credentials: it can be served several times. */
export const withoutCredentials = <File extends object>(file: File): File =>
  PLACES.reduce<unknown>((rest, steps) => without(rest, steps), { ...file, credentials: undefined }) as File;

function without(value: unknown, [step, ...steps]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || step === undefined) return value;
  if (step === '*') return Array.isArray(value) ? value.map((each) => without(each, steps)) : value;
  if (!Object.hasOwn(value, step)) return value;
  const { [step]: member, ...rest } = value as Readonly<Record<string, unknown>>;
  return steps.length === 0 ? rest : { ...rest, [step]: without(member, steps) };
}
