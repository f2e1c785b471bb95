import type { Service } from '../../engine/service.ts';
import type { Change } from '../../organization/change.ts';
import { deviceOf } from '../../organization/push/registration.ts';
import { APNS_BEHAVIOR } from './behavior.ts';
import { broadcast } from './broadcast.ts';
import { createChannel, deleteChannel, listChannels, readChannelConfiguration } from './channels.ts';
import { APNS_HOSTS, connectionPolicy } from './connection-policy.ts';
import {
  deviceTokenOf,
  keyCredential,
  tagCredential,
  tokenCredential,
  topicCredential,
} from './credentials.ts';
import { APNS_ERRORS } from './errors.ts';
import { events } from './events.ts';
import { APNS_FIELDS } from './fields.ts';
import { renderError } from './render.ts';
import { push } from './send-push.ts';

/** Device tokens and keys that a change adds. Generated devices share one credential: the tag of their tokens. */
function added(change: Change): readonly string[] | undefined {
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
  title: 'Apple Push Notification service',
  about: 'Pushes to devices, broadcast channels, and connections',
  hosts: APNS_HOSTS,
  roots: ['/3/', '/4/broadcasts', '/1/apps/'],
  operations: [push, events, broadcast, createChannel, readChannelConfiguration, deleteChannel, listChannels],
  fields: APNS_FIELDS,
  errors: APNS_ERRORS,
  errorRoles: {
    unknownPath: 'BadPath',
    wrongMethod: 'MethodNotAllowed',
    bodyTooLarge: 'PayloadTooLarge',
    malformedBody: 'BadRequestPayload',
    internalError: 'InternalServerError',
    tooManyRequests: 'TooManyRequests',
  },
  renderError,
  behavior: APNS_BEHAVIOR,
  credentials: {
    all({ definition, push: { topic, keys, registrations, tokens } }) {
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
    added,
  },
  connectionPolicy,
  devices: {
    keys: (_, { token }) => (token === undefined ? [] : [token.toLowerCase()]),
    pushed({ push: { registrations }, enrollment: { inventory } }, path) {
      const registration = registrations.find(deviceTokenOf(path) ?? '');
      const device = registration === undefined ? undefined : deviceOf(registration);
      const pushMagic = registration === undefined ? undefined : registrations.magic(registration);
      if (device === undefined || pushMagic === undefined) return undefined;
      return { serialNumber: inventory.facts(device).serial_number, pushMagic };
    },
  },
  docs: { page: 'apns' },
};
