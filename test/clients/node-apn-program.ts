import { readFileSync } from 'node:fs';
import { npmModule, readSettings, serve } from './npm-program.ts';
import type { Push, PushResult } from './push-client.ts';

interface FailedPush {
  readonly status?: number;
  readonly response?: { readonly reason?: string; readonly timestamp?: number };
  readonly error?: Error;
  readonly 'apns-id'?: string;
}

interface NodeApn {
  readonly Provider: new (
    options: object,
  ) => {
    send(
      notification: object,
      token: string,
    ): Promise<{
      readonly sent: readonly { readonly 'apns-id'?: string }[];
      readonly failed: readonly FailedPush[];
    }>;
  };
  readonly Notification: new () => Record<string, unknown>;
}

const { Notification, Provider } = npmModule<NodeApn>('@parse/node-apn');
const { host, port, caFile, proxyUrl, certificate, providerKey, useProxy } = readSettings();
const proxy = new URL(proxyUrl);

const provider = new Provider({
  ...(useProxy ? {} : { address: host, port }),
  ca: readFileSync(caFile),
  production: true,
  connectionRetryLimit: 1,
  ...(useProxy ? { proxy: { host: proxy.hostname, port: Number(proxy.port) } } : {}),
  ...(certificate === undefined
    ? {}
    : { cert: readFileSync(certificate.certificateFile), key: readFileSync(certificate.keyFile) }),
  ...(providerKey === undefined ? {} : { token: { ...providerKey, key: providerKey.file } }),
});

function notificationOf({ payload, topic, pushType, priority, collapseId, apnsId, expiration }: Push) {
  const notification = new Notification();
  Object.assign(notification, { rawPayload: payload });
  const fields = { topic, pushType, priority, collapseId, id: apnsId, expiry: expiration };
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) notification[name] = value;
  return notification;
}

serve(async (push): Promise<PushResult> => {
  const { sent, failed } = await provider.send(notificationOf(push), push.token);
  if (sent[0] !== undefined) return { status: 200, apnsId: sent[0]['apns-id']! };
  const { status, response, error, 'apns-id': apnsId } = failed[0]!;
  return {
    ...(status === undefined ? {} : { status }),
    ...(apnsId === undefined ? {} : { apnsId }),
    ...response,
    ...(error === undefined ? {} : { error: error.message }),
  };
});
