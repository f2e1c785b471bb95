const APPLE = 'https://developer.apple.com/documentation';

/** Apple's pages on the push service, by what they say. */
export const APNS_PAGES = {
  sending: `${APPLE}/usernotifications/sending-notification-requests-to-apns`,
  responses: `${APPLE}/usernotifications/handling-notification-responses-from-apns`,
  tokens: `${APPLE}/usernotifications/establishing-a-token-based-connection-to-apns`,
  certificates: `${APPLE}/usernotifications/establishing-a-certificate-based-connection-to-apns`,
  channels: `${APPLE}/usernotifications/sending-channel-management-requests-to-apns`,
  broadcast: `${APPLE}/usernotifications/sending-broadcast-push-notification-requests-to-apns`,
  channelErrors: `${APPLE}/usernotifications/handling-error-responses-from-apns`,
  metrics: `${APPLE}/usernotifications/viewing-the-status-of-push-notifications-using-metrics-and-apns`,
  mdm: `${APPLE}/devicemanagement/sending-mdm-commands-to-a-device`,
  mdmCertificates: `${APPLE}/devicemanagement/setting-up-push-notifications-for-your-mdm-customers`,
} as const;

/** Public threads and sources that record what the live service does. */
export const APNS_THREADS = {
  /** GOAWAY with `{"reason":"BadCertificateEnvironment"}` in place of an answer. */
  goaway: 'https://github.com/sideshow/apns2/issues/93',
  /** The reason that stands on the wire for a key of the other environment. */
  environmentKey: 'https://github.com/swift-server-community/APNSwift/pull/229',
  /** What a server sees of an expired certificate. */
  expiredCertificate: 'https://github.com/jchambers/pushy/issues/609',
  /** SETTINGS of the live service. */
  settings: 'https://github.com/jchambers/pushy/issues/878',
  /** The stream limit that falls to 1 after a rejection. */
  streamLimit: 'https://github.com/jchambers/pushy/issues/732',
  /** Token and topic that do not belong together, as an MDM meets it after a wrong renewal. */
  notForTopic: 'https://github.com/jchambers/pushy/issues/509',
  /** A team that changes on one connection. */
  otherTeam: 'https://developer.apple.com/forums/thread/687789',
  /** Tokens that alternate on one connection. */
  tokenUpdates: 'https://developer.apple.com/forums/thread/702056',
  /** A stand-in for load tests whose devices listen over server-sent events. */
  listeners: 'https://github.com/fleetdm/fleet/blob/main/cmd/apple-apns-mock/README.md',
  /** Store-and-forward as an MDM wants to see it. */
  storing: 'https://github.com/fleetdm/fleet/issues/30816',
} as const;
