/** Which of the two push services: that of published apps and devices, or that of development. */
export type PushEnvironment = 'production' | 'sandbox';

// https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns for the host
// names; `development` is the former name of the sandbox, still written into clients
// (https://github.com/RobotsAndPencils/buford/blob/master/push/service.go).
const SANDBOX_HOST = /(?:^|\.)(?:sandbox|development)\.push\.apple\.com$/;
const APPLE = '.push.apple.com';

/** Which of Apple's two push services a host name means; a name that is not Apple's means production. */
export const pushEnvironment = (host: string | undefined): PushEnvironment =>
  host?.endsWith(APPLE) && SANDBOX_HOST.test(host) ? 'sandbox' : 'production';
