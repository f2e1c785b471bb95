import { AppleError } from '../../core/apple-error.ts';
import { bodyText, type HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Channel } from '../../organization/push/channel.ts';
import { drawPushIds } from '../../organization/push/send.ts';
import { operation } from '../operation.ts';
import { apnsError } from './apns-error.ts';
import { providerScheme } from './authenticate-provider.ts';
import { channelHome, namedChannel } from './channel-request.ts';
import { APNS_PAGES } from './pages.ts';
import { channelAnswer } from './render.ts';

const EVERY_CALL = ['BadMessageId', 'TopicDisallowed', 'TopicMismatch', 'FeatureNotEnabled'] as const;

const ONE_CHANNEL = ['MissingChannelId', 'BadChannelId', 'ChannelNotRegistered'] as const;

export const createChannel = operation({
  about: 'Creates a broadcast channel of an app',
  scheme: providerScheme,
  errors: [
    ...EVERY_CALL,
    'BadRequestPayload',
    'BadRequestParams',
    'MissingPushType',
    'InvalidPushType',
    'CannotCreateChannelConfig',
  ],
  source: APNS_PAGES.channels,
  handler({ request, parameters, organization, caller }) {
    const home = channelHome(organization, request, caller, parameters.bundle ?? '');
    if (home instanceof AppleError) return home;
    const asked = readChannel(request);
    if (asked instanceof AppleError) return asked;
    const { channels_per_app } = organization.behavior.apns;
    if (organization.push.channels.count(home) >= channels_per_app) {
      return apnsError(
        'CannotCreateChannelConfig',
        `${home.app} has ${channels_per_app} channels in ${home.environment}`,
      );
    }
    const id = nextChannelId(organization);
    organization.apply({ type: 'channel_created', home, channel: { id, ...asked } });
    return channelAnswer(organization, request, 201, { 'apns-channel-id': id });
  },
});

export const readChannelConfiguration = operation({
  about: 'Reads the configuration of a broadcast channel',
  scheme: providerScheme,
  errors: [...EVERY_CALL, ...ONE_CHANNEL],
  source: APNS_PAGES.channels,
  handler({ request, parameters, organization, caller }) {
    const home = channelHome(organization, request, caller, parameters.bundle ?? '');
    if (home instanceof AppleError) return home;
    const id = namedChannel(organization, request, home);
    if (id instanceof AppleError) return id;
    const { storagePolicy, pushType } = organization.push.channels.find(home, id)!;
    const configuration = { 'message-storage-policy': storagePolicy, 'push-type': pushType };
    return channelAnswer(organization, request, 200, {}, configuration);
  },
});

export const deleteChannel = operation({
  about: 'Deletes a broadcast channel',
  scheme: providerScheme,
  errors: [...EVERY_CALL, ...ONE_CHANNEL],
  source: APNS_PAGES.channels,
  handler({ request, parameters, organization, caller }) {
    const home = channelHome(organization, request, caller, parameters.bundle ?? '');
    if (home instanceof AppleError) return home;
    const id = namedChannel(organization, request, home);
    if (id instanceof AppleError) return id;
    organization.apply({ type: 'channel_deleted', home, id });
    return channelAnswer(organization, request, 204);
  },
});

export const listChannels = operation({
  about: 'Lists the broadcast channels of an app',
  scheme: providerScheme,
  errors: EVERY_CALL,
  source: APNS_PAGES.channels,
  handler({ request, parameters, organization, caller }) {
    const home = channelHome(organization, request, caller, parameters.bundle ?? '');
    if (home instanceof AppleError) return home;
    return channelAnswer(organization, request, 200, {}, { channels: organization.push.channels.ids(home) });
  },
});

function readChannel(request: HttpRequest): Omit<Channel, 'id'> | AppleError {
  const value = membersOf(bodyText(request) ?? '');
  if (value === undefined) return apnsError('BadRequestPayload', 'the body is no JSON object');
  const policy = value['message-storage-policy'];
  if (policy !== 0 && policy !== 1)
    return apnsError('BadRequestParams', '`message-storage-policy` must be 0 or 1');
  const pushType = value['push-type'];
  if (pushType === undefined) return apnsError('MissingPushType', '`push-type` is missing');
  if (typeof pushType !== 'string' || pushType.toLowerCase() !== 'liveactivity')
    return apnsError('InvalidPushType', '`push-type` must be LiveActivity');
  return { storagePolicy: policy, pushType };
}

function membersOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Sixteen random bytes in base64. */
function nextChannelId(organization: Organization): string {
  return drawPushIds(organization, (random) => {
    let binary = '';
    for (let word = 0; word < 4; word += 1) {
      const bits = random.uint32();
      binary += String.fromCharCode(bits >>> 24, (bits >>> 16) & 0xff, (bits >>> 8) & 0xff, bits & 0xff);
    }
    return btoa(binary);
  });
}
