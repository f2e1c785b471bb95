import type { Service } from '../operation.ts';
import { operationsOf } from '../table.ts';
import { broadcast } from './broadcast.ts';
import { createChannel, deleteChannel, listChannels, readChannelConfiguration } from './channels.ts';
import { APNS_ERRORS } from './errors.ts';
import { events } from './events.ts';
import { renderError } from './render.ts';
import { push } from './send-push.ts';
import { APNS_ROWS, apnsTable } from './table.ts';

/** What answers for the push service. */
export const apns: Service = {
  name: apnsTable.name,
  hosts: apnsTable.hosts,
  operations: operationsOf(APNS_ROWS, {
    push,
    events,
    broadcast,
    createChannel,
    readChannelConfiguration,
    deleteChannel,
    listChannels,
  }),
  errors: APNS_ERRORS,
  renderError,
  unknownPath: 'BadPath',
  wrongMethod: 'MethodNotAllowed',
  bodyTooLarge: 'PayloadTooLarge',
  malformedBody: 'BadRequestPayload',
  internalError: 'InternalServerError',
  tooManyRequests: 'TooManyRequests',
};
