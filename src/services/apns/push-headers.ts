import type { AppleError } from '../../core/apple-error.ts';
import type { HeaderFields } from '../../core/request.ts';
import type { Organization } from '../../organization/organization.ts';
import { apnsError } from './errors.ts';
import { messageIdFits } from './render.ts';

/** One row of https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
export interface PushType {
  /** Follows the bundle id in the topic. */
  readonly suffix: string;
}

export const PUSH_TYPES = {
  alert: { suffix: '' },
  background: { suffix: '' },
  complication: { suffix: '.complication' },
  controls: { suffix: '.push-type.controls' },
  fileprovider: { suffix: '.pushkit.fileprovider' },
  liveactivity: { suffix: '.push-type.liveactivity' },
  location: { suffix: '.location-query' },
  mdm: { suffix: '' },
  pushtotalk: { suffix: '.voip-ptt' },
  voip: { suffix: '.voip' },
  widgets: { suffix: '.push-type.widgets' },
} as const satisfies Readonly<Record<string, PushType>>;

export type PushTypeName = keyof typeof PUSH_TYPES;

const NAMES: ReadonlySet<string> = new Set(Object.keys(PUSH_TYPES));

export const isPushType = (text: string): text is PushTypeName => NAMES.has(text);

const SUFFIXES = Object.values(PUSH_TYPES)
  .map(({ suffix }) => suffix)
  .filter((suffix) => suffix !== '');

/** The bundle id in a topic. */
export function bundleOf(topic: string): string {
  const suffix = SUFFIXES.find((end) => topic.endsWith(end));
  return suffix === undefined ? topic : topic.slice(0, -suffix.length);
}

/** Whether a topic belongs to device management, not to an app. */
export const isMdmTopic = (topic: string): boolean => topic.startsWith('com.apple.mgmt.');

/** Header fields of a push, except the topic. */
export interface PushHeaders {
  readonly pushType: PushTypeName | undefined;
  /** Seconds since the epoch, by the client's clock; undefined if not sent. */
  readonly expiration: number | undefined;
}

const NOTHING_SAID: PushHeaders = { pushType: undefined, expiration: undefined };

/** Up to the year 5138; a larger number is not in seconds. */
const SECONDS = /^\d{1,11}$/;

const LONGEST_COLLAPSE_ID = 64;

const encoder = new TextEncoder();

/** Node returns header fields as Latin-1: one character is one byte. */
function bytesOf(text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0xff) return encoder.encode(text).length;
  }
  return text.length;
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 80));

const PRIORITIES: ReadonlySet<string> = new Set(['1', '5', '10']);

/** https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
export function readPushHeaders({ behavior }: Organization, headers: HeaderFields): PushHeaders | AppleError {
  const id = headers['apns-id'];
  if (!messageIdFits(id)) return apnsError('BadMessageId', `apns-id ${shown(id!)} is no UUID`);
  const expiration = headers['apns-expiration'];
  if (expiration !== undefined && !SECONDS.test(expiration)) {
    return apnsError(
      'BadExpirationDate',
      `apns-expiration ${shown(expiration)} is no time in whole seconds since the epoch`,
    );
  }
  const priority = headers['apns-priority'];
  if (priority !== undefined && !PRIORITIES.has(priority))
    return apnsError('BadPriority', `apns-priority ${shown(priority)} is not 1, 5 or 10`);
  const collapseId = headers['apns-collapse-id'];
  if (collapseId !== undefined && bytesOf(collapseId) > LONGEST_COLLAPSE_ID) {
    return apnsError('BadCollapseId', `apns-collapse-id has ${bytesOf(collapseId)} bytes; 64 are allowed`);
  }
  const pushType = headers['apns-push-type'];
  if (pushType === undefined) {
    if (behavior.apns.push_type === 'required')
      return apnsError('InvalidPushType', 'apns-push-type is missing');
    if (expiration === undefined) return NOTHING_SAID;
  } else if (!isPushType(pushType)) {
    return apnsError('InvalidPushType', `apns-push-type ${shown(pushType)} is no push type`);
  } else if (
    pushType === 'background' &&
    priority === '10' &&
    behavior.apns.background_with_priority_10 === 'BadPriority'
  ) {
    return apnsError('BadPriority', 'a background push must have priority 5');
  }
  return {
    pushType: pushType as PushTypeName | undefined,
    expiration: expiration === undefined ? undefined : Number(expiration),
  };
}
