import { AppleError } from '../../core/apple-error.ts';
import type { HttpRequest } from '../../core/request.ts';
import { operation } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import { providerScheme } from './authenticate-provider.ts';
import { channelHome, namedChannel } from './channels.ts';
import { apnsError } from './errors.ts';
import { APNS_PAGES } from './pages.ts';
import { channelAnswer } from './render.ts';

const SECONDS = /^\d{1,11}$/;

const PRIORITIES: ReadonlySet<string> = new Set(['1', '5', '10']);

export const broadcast = operation({
  name: 'apns.broadcast',
  methods: ['POST'],
  path: '/4/broadcasts/apps/{bundle}',
  about: 'Sends a push to the subscribers of a channel',
  scheme: providerScheme,
  errors: [
    'BadMessageId',
    'BadExpirationDate',
    'BadPriority',
    'MissingPushType',
    'InvalidPushType',
    'TopicDisallowed',
    'TopicMismatch',
    'FeatureNotEnabled',
    'MissingChannelId',
    'BadChannelId',
    'ChannelNotRegistered',
    'PayloadEmpty',
    'PayloadTooLarge',
  ],
  source: APNS_PAGES.broadcast,
  handler({ request, parameters, organization, caller }) {
    const home = channelHome(organization, request, caller, parameters.bundle ?? '');
    if (home instanceof AppleError) return home;
    const malformed = headerProblem(request);
    if (malformed !== undefined) return malformed;
    const id = namedChannel(organization, request, home);
    if (id instanceof AppleError) return id;
    const { storagePolicy } = organization.push.channels.find(home, id)!;
    const expiration = request.headers['apns-expiration'];
    if (storagePolicy === 0 && expiration !== '0') {
      return apnsError(
        'BadExpirationDate',
        'a channel that stores nothing takes apns-expiration 0 and no other',
      );
    }
    const unfit = payloadProblem(organization, request);
    if (unfit !== undefined) return unfit;
    organization.apply({ type: 'broadcast_sent', home, id });
    return channelAnswer(organization, request, 200);
  },
});

function headerProblem({ headers }: HttpRequest): AppleError | undefined {
  const expiration = headers['apns-expiration'];
  if (expiration !== undefined && !SECONDS.test(expiration))
    return apnsError('BadExpirationDate', 'apns-expiration is no time in whole seconds since the epoch');
  const priority = headers['apns-priority'];
  if (priority !== undefined && !PRIORITIES.has(priority))
    return apnsError('BadPriority', 'apns-priority is not 1, 5 or 10');
  const pushType = headers['apns-push-type'];
  if (pushType === undefined) return apnsError('MissingPushType', 'apns-push-type is missing');
  return pushType.toLowerCase() === 'liveactivity'
    ? undefined
    : apnsError('InvalidPushType', 'apns-push-type of a broadcast must be liveactivity');
}

function payloadProblem({ behavior }: Organization, { body }: HttpRequest): AppleError | undefined {
  const { broadcast_payload_limit } = behavior.apns;
  if (body.length === 0) return apnsError('PayloadEmpty', 'the payload is empty');
  return body.length > broadcast_payload_limit
    ? apnsError(
        'PayloadTooLarge',
        `the payload has ${body.length} bytes; ${broadcast_payload_limit} are allowed`,
      )
    : undefined;
}
