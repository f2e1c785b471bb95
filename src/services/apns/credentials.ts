/** Keys in the credential index of topics, push keys and device tokens. */
export const topicCredential = (topic: string): string => `push_topic:${topic}`;
export const keyCredential = (keyId: string): string => `push_key:${keyId}`;
export const tokenCredential = (token: string): string => `push_token:${token.toLowerCase()}`;
/** Generated devices share one: the tag of their tokens. */
export const tagCredential = (tag: string): string => `push_tag:${tag}`;

/** The path of a push without its device token. */
export const DEVICE_PATH = '/3/device/';

/** The device token in the path of a push, unchecked; undefined for every other path. */
export const deviceTokenOf = (path: string): string | undefined =>
  path.startsWith(DEVICE_PATH) ? path.slice(DEVICE_PATH.length) : undefined;
