import { readFileSync } from 'node:fs';
import { npmModule, readSettings, serve } from './npm-program.ts';

interface PushError extends Error {
  readonly statusCode?: number;
  readonly reason?: string;
  readonly timestamp?: number;
}

interface Apns2 {
  readonly ApnsClient: new (options: object) => { send(notification: object): Promise<object> };
  readonly Notification: new (token: string, options: object) => object;
}

const { ApnsClient, Notification } = npmModule<Apns2>('apns2');
const { host, providerKey, topic } = readSettings();

const client = new ApnsClient({
  host,
  team: providerKey!.teamId,
  keyId: providerKey!.keyId,
  signingKey: readFileSync(providerKey!.file),
  defaultTopic: topic,
});

serve(async ({ token, payload, pushType, priority, collapseId, expiration, topic: pushTopic }) => {
  const options = { data: payload, type: pushType, priority, collapseId, expiration, topic: pushTopic };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  try {
    await client.send(new Notification(token, Object.fromEntries(given)));
    return { status: 200 };
  } catch (error) {
    const { statusCode, reason, timestamp, message } = error as PushError;
    if (statusCode === undefined || reason === undefined) return { error: message };
    return { status: statusCode, reason, ...(timestamp === undefined ? {} : { timestamp }) };
  }
});
