import { AppleError } from '../../core/apple-error.ts';
import type { ErrorRow } from '../../engine/service.ts';
import { APNS_PAGES as PAGE, APNS_THREADS as THREAD } from './pages.ts';

/** Reasons of the push service. The name of a row is the reason on the wire. */
export const APNS_ERRORS = {
  BadChannelId: row(400, 'the channel id is malformed', PAGE.channels),
  BadCollapseId: row(400, 'apns-collapse-id is longer than 64 bytes', PAGE.responses),
  BadDeviceToken: row(
    400,
    'the device token is malformed, unknown or of the other environment',
    PAGE.responses,
  ),
  BadExpirationDate: row(400, 'apns-expiration is no whole number of seconds', PAGE.responses),
  BadMessageId: row(400, 'apns-id (apns-request-id for channels) is no UUID', PAGE.responses),
  BadPriority: row(400, 'apns-priority is not 1, 5 or 10, or does not fit the push type', PAGE.responses),
  BadRequestParams: row(400, 'a parameter of a channel request is missing or wrong', PAGE.channelErrors),
  BadRequestPayload: row(400, 'the body of a channel request is no JSON object', PAGE.channelErrors),
  BadTopic: row(400, 'the topic is malformed, or none that the certificate allows', PAGE.responses),
  CannotCreateChannelConfig: row(400, 'the app has as many channels as it may have', PAGE.channelErrors),
  ChannelNotRegistered: row(400, 'no such channel of this app in this environment', PAGE.channelErrors),
  DeviceTokenNotForTopic: row(400, 'the device token belongs to another topic', PAGE.responses),
  DuplicateHeaders: row(400, 'a header field came more than once', PAGE.responses),
  FeatureNotEnabled: row(400, 'the app may not broadcast', PAGE.channelErrors),
  IdleTimeout: row(400, 'the connection was idle for too long', PAGE.responses),
  InvalidPushType: row(400, 'apns-push-type is no push type', PAGE.responses),
  MissingChannelId: row(400, 'no apns-channel-id', PAGE.channelErrors),
  MissingDeviceToken: row(400, 'the path has no device token', PAGE.responses),
  MissingPushType: row(400, 'no push type', PAGE.channelErrors),
  MissingTopic: row(400, 'no apns-topic, and no certificate with just one topic', PAGE.responses),
  PayloadEmpty: row(400, 'the payload is empty', PAGE.responses),
  TopicDisallowed: row(400, 'pushing to this topic is not allowed', PAGE.responses),
  BadCertificate: row(403, 'the certificate is revoked or not accepted', PAGE.responses),
  BadCertificateEnvironment: row(403, 'the certificate is for the other environment', PAGE.responses),
  BadEnvironmentKeyInToken: row(
    403,
    'the key of the token is for the other environment',
    THREAD.environmentKey,
  ),
  BadEnvironmentKeyIdInToken: row(
    403,
    'as BadEnvironmentKeyInToken, in the word of Apple’s page',
    PAGE.responses,
  ),
  ExpiredProviderToken: row(403, 'the token was issued more than an hour ago', PAGE.responses),
  Forbidden: row(403, 'the action is not allowed', PAGE.responses),
  InvalidProviderToken: row(
    403,
    'the token is malformed, or its signature, key or team is wrong',
    PAGE.responses,
  ),
  MissingProviderToken: row(403, 'no certificate and no bearer token', PAGE.responses),
  TopicMismatch: row(403, 'the credentials are for another app', PAGE.channelErrors),
  UnrelatedKeyIdInToken: row(403, 'the key is not related to the one that pushed first', PAGE.responses),
  BadPath: row(404, 'no such path', PAGE.responses),
  MethodNotAllowed: row(405, 'wrong method', PAGE.responses),
  ExpiredToken: row(410, 'the device token has expired', PAGE.responses),
  Unregistered: row(410, 'the device token is no longer active for the topic', PAGE.responses),
  PayloadTooLarge: row(413, 'the payload is larger than its push type allows', PAGE.responses),
  TooManyProviderTokenUpdates: row(429, 'another token within 20 minutes on one connection', PAGE.responses),
  TooManyRequests: row(429, 'too many pushes to one device token', PAGE.responses),
  InternalServerError: row(500, 'a failure inside', PAGE.responses),
  ServiceUnavailable: row(503, 'the service is down', PAGE.responses),
  Shutdown: row(503, 'the server is going away', PAGE.responses),
} as const satisfies Readonly<Record<string, ErrorRow>>;

export type ApnsReason = keyof typeof APNS_ERRORS;

function row(status: number, when: string, source: string): ErrorRow {
  return { status, body: '', when, source };
}

/** @param why in plain words, for the log, the journal and `x-crabapple-why` */
export const apnsError = (
  name: ApnsReason,
  why: string,
  members: Readonly<Record<string, unknown>> = {},
): AppleError<ApnsReason> => new AppleError(name, why, {}, members);

/** @param since when the token stopped being valid, in milliseconds */
export const unregistered = (since: number, why: string): AppleError<ApnsReason> =>
  apnsError('Unregistered', why, { timestamp: Math.floor(since) });
