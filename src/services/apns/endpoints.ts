/**
 * Host names of the push service:
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns, the former
 * name of the sandbox, and those of channel management
 * (https://developer.apple.com/documentation/usernotifications/sending-channel-management-requests-to-apns).
 */
export const PUSH_HOSTS = [
  'api.push.apple.com',
  'api.sandbox.push.apple.com',
  'api.development.push.apple.com',
] as const;

export const CHANNEL_HOSTS = [
  'api-manage-broadcast.push.apple.com',
  'api-manage-broadcast.sandbox.push.apple.com',
  // Reported by third parties, not by Apple's pages.
  'api-broadcast.push.apple.com',
  'api-broadcast.sandbox.push.apple.com',
] as const;

export const APNS_HOSTS: readonly string[] = [...PUSH_HOSTS, ...CHANNEL_HOSTS];

const DEVICE = '/3/device/';

export const APNS_PATHS = {
  device: `${DEVICE}{token}`,
  events: '/events',
  channels: '/1/apps/{bundle}/channels',
  allChannels: '/1/apps/{bundle}/all-channels',
  broadcast: '/4/broadcasts/apps/{bundle}',
} as const;

/** Where paths of the push service begin, under whatever host name. */
export const APNS_ROOTS = ['/3/', '/4/broadcasts', '/1/apps/'] as const;

/** The device token of a push, before anybody looked at it; undefined on every other path. */
export const deviceTokenOf = (path: string): string | undefined =>
  path.startsWith(DEVICE) ? path.slice(DEVICE.length) : undefined;
