import { OnDemand } from '../../core/on-demand.ts';
import type { Change } from '../../organization/change.ts';
import type { ServiceTable } from '../operation.ts';
import { rowsOf, type TableRows } from '../table.ts';
import { keyCredential, tagCredential, tokenCredential, topicCredential } from './credentials.ts';
import { APNS_HOSTS, APNS_PATHS, APNS_ROOTS } from './endpoints.ts';

export const APNS_ROWS = {
  push: { name: 'apns.push', methods: ['POST'], path: APNS_PATHS.device },
  events: { name: 'apns.events', methods: ['GET'], path: APNS_PATHS.events },
  broadcast: { name: 'apns.broadcast', methods: ['POST'], path: APNS_PATHS.broadcast },
  createChannel: { name: 'apns.channels.create', methods: ['POST'], path: APNS_PATHS.channels },
  readChannelConfiguration: { name: 'apns.channels.read', methods: ['GET'], path: APNS_PATHS.channels },
  deleteChannel: { name: 'apns.channels.delete', methods: ['DELETE'], path: APNS_PATHS.channels },
  listChannels: { name: 'apns.channels.list', methods: ['GET'], path: APNS_PATHS.allChannels },
} as const satisfies TableRows;

/** Credentials that come with devices and keys. Generated devices have theirs in common: the mark of their tokens. */
function gained(change: Change): readonly string[] | undefined {
  switch (change.type) {
    case 'push_registered':
      return [tokenCredential(change.token)];
    case 'push_key_issued':
      return [keyCredential(change.key.keyId)];
    case 'devices_added':
      return change.devices.flatMap((item) =>
        'generate' in item || item.push_token === undefined ? [] : [tokenCredential(item.push_token)],
      );
    default:
      return undefined;
  }
}

/** Apple Push Notification service. */
export const apnsTable: ServiceTable = {
  name: 'apns',
  hosts: APNS_HOSTS,
  roots: APNS_ROOTS,
  rows: rowsOf(APNS_ROWS),
  credentials({ definition, push: { topic, keys, registrations, tokens } }) {
    const given = definition.devices.flatMap((item) =>
      'generate' in item || item.push_token === undefined ? [] : [tokenCredential(item.push_token)],
    );
    return [
      topicCredential(topic),
      tagCredential(tokens.tag),
      ...[...keys.keys()].map(keyCredential),
      ...new Set([...given, ...[...registrations.givenTokens].map(tokenCredential)]),
    ];
  },
  gained,
  service: new OnDemand(async () => (await import('./index.ts')).apns),
};
