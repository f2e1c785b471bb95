import type { ScenarioDefinition } from '../engine/tenant.ts';
import { contentCredential } from '../services/vpp/credentials.ts';
import type { Finding } from './finding.ts';

/** Where in the file a credential is written. */
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

/** The same of what the push service holds. */
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
