import type { Change } from '../../organization/change.ts';
import type { Service } from '../operation.ts';
import { tagCredential, tokenCredential } from './authenticate-provider.ts';
import { broadcast } from './broadcast.ts';
import { createChannel, deleteChannel, listChannels, readChannelConfiguration } from './channels.ts';
import { APNS_HOSTS, APNS_ROOTS } from './endpoints.ts';
import { events } from './events.ts';
import { connectionCredential, greet } from './greet.ts';
import { keyCredential } from './provider-token.ts';
import { topicCredential } from './push-connection.ts';
import { renderError } from './render.ts';
import { push } from './send-push.ts';

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
export const apns: Service = {
  name: 'apns',
  hosts: APNS_HOSTS,
  roots: APNS_ROOTS,
  operations: [push, events, broadcast, createChannel, readChannelConfiguration, deleteChannel, listChannels],
  credentials({ definition, push: { topic, keys, registrations }, pushTokens }) {
    const given = definition.devices.flatMap((item) =>
      'generate' in item || item.push_token === undefined ? [] : [tokenCredential(item.push_token)],
    );
    return [
      topicCredential(topic),
      tagCredential(pushTokens.tag),
      ...[...keys.keys()].map(keyCredential),
      ...new Set([...given, ...[...registrations.givenTokens].map(tokenCredential)]),
    ];
  },
  gained: (_, change) => gained(change),
  connectionCredential,
  greet,
  renderError,
  unknownPath: 'BadPath',
  wrongMethod: 'MethodNotAllowed',
  bodyTooLarge: 'PayloadTooLarge',
  malformedBody: 'BadRequestPayload',
  internalError: 'InternalServerError',
  tooManyRequests: 'TooManyRequests',
};
