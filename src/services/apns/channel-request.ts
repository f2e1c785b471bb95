import type { AppleError } from '../../core/apple-error.ts';
import type { HttpRequest } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import type { ChannelHome } from '../../organization/push/channel.ts';
import { apnsError } from './apns-error.ts';
import { environmentOf, type Provider } from './authenticate-provider.ts';
import { messageIdFits } from './message-id.ts';
import { bundleOf } from './push-types.ts';
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

/** What every request that concerns channels has to say, and whose channels they are. */
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

/** The channel that a request names, if there is such a one. */
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
