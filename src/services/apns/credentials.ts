/** How those who push, and those who are pushed to, stand in the register of organizations. */
export const topicCredential = (topic: string): string => `push_topic:${topic}`;
export const keyCredential = (keyId: string): string => `push_key:${keyId}`;
export const tokenCredential = (token: string): string => `push_token:${token.toLowerCase()}`;
/** Generated devices have theirs in common: the mark of their tokens. */
export const tagCredential = (tag: string): string => `push_tag:${tag}`;
