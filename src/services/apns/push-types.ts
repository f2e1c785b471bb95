/** One row of https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
export interface PushType {
  /** What the topic has behind the bundle id. */
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

/** Whether a topic is one of device management and none of an app. */
export const isMdmTopic = (topic: string): boolean => topic.startsWith('com.apple.mgmt.');
