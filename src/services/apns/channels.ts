import { AppleError } from '../../core/apple-error.ts';
import { bodyText, type HttpRequest } from '../../core/request.ts';
import { operation } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Channel, ChannelHome } from '../../organization/push/channel.ts';
import { drawPushIds } from '../../organization/push/send.ts';
import { environmentOf, type Provider, providerScheme } from './authenticate-provider.ts';
import { apnsError } from './errors.ts';
import { APNS_PAGES } from './pages.ts';
import { bundleOf } from './push-headers.ts';
import { channelAnswer, messageIdFits } from './render.ts';
import { covers } from './topic.ts';

const BUNDLE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254})$/;

const shown = (text: string): string => JSON.stringify(text.slice(0, 120));

function mismatch(provider: Provider, app: string): boolean {
  switch (provider.kind) {
    case 'certificate':
      return !provider.certificate.topics.includes(app);
    case 'token':
      return !covers(provider.key, app);
    case 'plain':
      return false;
  }
}

/** Checks what every channel request must contain, and returns the app and environment of its channels. */
export function channelHome(
  organization: Organization,
  request: HttpRequest,
  provider: Provider,
  app: string,
): ChannelHome | AppleError {
  const id = request.headers['apns-request-id'];
  if (!messageIdFits(id)) return apnsError('BadMessageId', `apns-request-id ${shown(id!)} is no UUID`);
  if (!BUNDLE.test(app)) return apnsError('BadPath', `${shown(app)} is no bundle id`);
  if (bundleOf(app) !== app)
    return apnsError('TopicDisallowed', `${shown(app)} is a topic with a suffix, not a bundle id`);
  if (mismatch(provider, app))
    return apnsError('TopicMismatch', `the certificate or key is not for ${shown(app)}`);
  if (!organization.behavior.apns.broadcast)
    return apnsError('FeatureNotEnabled', `${shown(app)} may not broadcast, by behavior`);
  return { environment: environmentOf(request), app };
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const LONGEST_CHANNEL_ID = 128;

/** The id of the channel that a request names, if the channel exists. */
export function namedChannel(
  organization: Organization,
  request: HttpRequest,
  home: ChannelHome,
): string | AppleError {
  const id = request.headers['apns-channel-id'];
  if (id === undefined || id === '') return apnsError('MissingChannelId', 'apns-channel-id is missing');
  if (id.length > LONGEST_CHANNEL_ID || !BASE64.test(id))
    return apnsError('BadChannelId', `apns-channel-id ${shown(id)} is not base64`);
  return organization.push.channels.find(home, id) === undefined
    ? apnsError('ChannelNotRegistered', `${home.app} has no channel ${shown(id)} in ${home.environment}`)
    : id;
}

const CHANNELS = '/1/apps/{bundle}/channels';

const EVERY_CALL = ['BadMessageId', 'TopicDisallowed', 'TopicMismatch', 'FeatureNotEnabled'] as const;

const ONE_CHANNEL = ['MissingChannelId', 'BadChannelId', 'ChannelNotRegistered'] as const;

export const createChannel = operation({
  name: 'apns.channels.create',
  methods: ['POST'],
  path: CHANNELS,
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
    const configuration = readChannel(request);
    if (configuration instanceof AppleError) return configuration;
    const { channels_per_app } = organization.behavior.apns;
    if (organization.push.channels.count(home) >= channels_per_app) {
      return apnsError(
        'CannotCreateChannelConfig',
        `${home.app} has ${channels_per_app} channels in ${home.environment}`,
      );
    }
    const id = nextChannelId(organization);
    organization.apply({ type: 'channel_created', home, channel: { id, ...configuration } });
    return channelAnswer(organization, request, 201, { 'apns-channel-id': id });
  },
});

export const readChannelConfiguration = operation({
  name: 'apns.channels.read',
  methods: ['GET'],
  path: CHANNELS,
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
  name: 'apns.channels.delete',
  methods: ['DELETE'],
  path: CHANNELS,
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
  name: 'apns.channels.list',
  methods: ['GET'],
  path: '/1/apps/{bundle}/all-channels',
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
