import assert from 'node:assert/strict';
import { performAction } from '../../src/organization/actions.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { APNS_BEHAVIOR } from '../../src/services/apns/behavior.ts';
import { certificateFor, connectionWith, type Provider, providerOf, type Sending } from './provider.ts';

interface Row {
  readonly key: keyof typeof APNS_BEHAVIOR;
  readonly value: unknown;
  readonly title: string;
  readonly sending?: (provider: Provider) => Sending;
  /** Runs before the request, with the default and with `value`. */
  readonly first?: (organization: Organization, provider: Provider) => void;
  /** The result with the default and with `value`: the reason of the rejection, or the result of `probe`. */
  readonly at: unknown;
  readonly off: unknown;
  readonly probe?: (provider: Provider, sending: Sending) => unknown;
}

const headers = (fields: Readonly<Record<string, string>>) => (): Sending => ({ headers: fields });
const padded = (length: number): string => `{"x":"${'x'.repeat(length - 8)}"}`;
const unknown = (): Sending => ({ token: 'ab'.repeat(32) });
const header =
  (name: string) =>
  (provider: Provider, sending: Sending): unknown =>
    provider.sendAtOnce(sending).headers[name];

/** At least one row for each key that changes the response to a push. Other files test connections, tokens and listeners. */
const ROWS: readonly Row[] = [
  {
    key: 'token_syntax',
    value: 'strict',
    title: '33 bytes of a device',
    at: undefined,
    off: 'BadDeviceToken',
    sending: () => ({ token: 'cd'.repeat(33) }),
    first: registered('cd'.repeat(33)),
  },
  {
    key: 'token_syntax',
    value: 'any',
    title: 'an unknown token of 2 bytes',
    at: 'the device token has 2 bytes',
    off: 'no device of the organization has this token',
    sending: () => ({ token: 'abcd' }),
    probe: (provider, sending) => provider.sendAtOnce(sending).why,
  },
  {
    key: 'unknown_token',
    value: 'accept',
    title: 'an unknown token',
    at: 'BadDeviceToken',
    off: undefined,
    sending: unknown,
  },
  {
    key: 'generated_id',
    value: 'lower',
    title: 'case of the id',
    at: true,
    off: false,
    probe: (provider) => /[A-F]/.test(ids(provider)),
  },
  {
    key: 'past_expiration',
    value: 'BadExpirationDate',
    title: 'a time in the past',
    at: undefined,
    off: 'BadExpirationDate',
    sending: headers({ 'apns-expiration': '1' }),
  },
  {
    key: 'background_with_priority_10',
    value: 'accept',
    title: 'background with 10',
    at: 'BadPriority',
    off: undefined,
    sending: headers({ 'apns-push-type': 'background', 'apns-priority': '10' }),
  },
  { key: 'push_type', value: 'required', title: 'no push type', at: undefined, off: 'InvalidPushType' },
  {
    key: 'payload_not_json',
    value: 'accept',
    title: 'a payload that is text',
    at: 'PayloadEmpty',
    off: undefined,
    sending: () => ({ body: 'text' }),
  },
  {
    key: 'payload_limit',
    value: 100,
    title: '101 bytes',
    at: undefined,
    off: 'PayloadTooLarge',
    sending: () => ({ body: padded(101) }),
  },
  {
    key: 'voip_payload_limit',
    value: 5121,
    title: '5121 bytes of voip',
    at: 'PayloadTooLarge',
    off: undefined,
    sending: () => ({ body: padded(5121), headers: { 'apns-push-type': 'voip' } }),
  },
  {
    key: 'aps_beside_mdm',
    value: 'silent',
    title: 'aps beside mdm',
    at: true,
    off: false,
    sending: aps,
    probe: (provider, sending) => provider.sendAtOnce(sending).why !== undefined,
  },
  {
    key: 'aps_beside_mdm',
    value: 'BadTopic',
    title: 'aps beside mdm',
    at: undefined,
    off: 'BadTopic',
    sending: aps,
  },
  {
    key: 'requests_per_token',
    value: 2,
    title: 'a third push in a minute',
    at: undefined,
    off: 'TooManyRequests',
    first: (_, provider) => {
      for (let sent = 0; sent < 2; sent += 1) provider.sendAtOnce({});
    },
  },
  {
    key: 'retry_after',
    value: '90s',
    title: 'Retry-After of a 503',
    at: undefined,
    off: '90',
    probe: unavailable,
  },
  {
    key: 'unique_id',
    value: 'always',
    title: 'apns-unique-id in production',
    at: false,
    off: true,
    probe: hasUniqueId,
  },
  {
    key: 'unique_id',
    value: 'never',
    title: 'apns-unique-id in the sandbox',
    at: true,
    off: false,
    sending: sandbox,
    probe: hasUniqueId,
  },
  {
    key: 'date_header',
    value: true,
    title: 'Date',
    at: undefined,
    off: 'Mon, 02 Mar 2026 08:00:00 GMT',
    probe: header('date'),
  },
  {
    key: 'stored_longest',
    value: '1h',
    title: 'a push after two hours',
    at: 'delivered',
    off: 'discarded',
    probe: fateAfterTwoHours,
  },
];

function registered(token: string) {
  return (organization: Organization): void => {
    performAction(organization, { register_push: [{ serial_number: 'C02ACME0001', push_token: token }] });
  };
}

function aps(provider: Provider): Sending {
  return { body: JSON.stringify({ aps: {}, mdm: provider.magic() }) };
}

function ids(provider: Provider): string {
  return [1, 2, 3].map(() => provider.sendAtOnce({}).headers['apns-id']).join();
}

function sandbox(provider: Provider): Sending {
  return {
    authority: 'api.sandbox.push.apple.com',
    connection: connectionWith({ certificate: certificateFor(provider.topic, { environments: [] }) }),
  };
}

function hasUniqueId(provider: Provider, sending: Sending): boolean {
  return provider.sendAtOnce(sending).headers['apns-unique-id'] !== undefined;
}

async function unavailable(provider: Provider): Promise<unknown> {
  await provider.apple.tenants.default.faults.add({
    on: 'apns.push',
    answer: { error: 'ServiceUnavailable' },
  });
  return provider.sendAtOnce({}).headers['retry-after'];
}

function fateAfterTwoHours(provider: Provider): unknown {
  performAction(provider.organization, { take_offline: ['C02ACME0001'] });
  provider.sendAtOnce({});
  provider.advance(7_200_000);
  performAction(provider.organization, { bring_online: ['C02ACME0001'] });
  return provider.newest()?.fate;
}

const ELSEWHERE = new Set([
  // certificates.test.ts
  'certificate_trust',
  'certificate_pins',
  'bad_certificate',
  'expired_certificate',
  'missing_topic',
  'max_concurrent_streams',
  'streams_before_token',
  'header_table_size',
  'initial_window_size',
  'max_frame_size',
  'max_header_list_size',
  'larger_header_list',
  'idle_close',
  // provider-tokens.test.ts
  'mdm_with_token',
  'topic_outside_key',
  'environment_key_reason',
  'iat',
  'token_max_age',
  'future_iat',
  'token_update_interval',
  'streams_drop_after_rejection',
  'errors_per_connection',
  // listening.test.ts
  'unknown_listener',
  'listener_keep_alive',
  // channels.test.ts
  'channels_per_app',
  'broadcast',
  'broadcast_payload_limit',
]);

describe('every row of the behavior table of the push service', () => {
  async function meet({ key, sending, first, probe }: Row, value: unknown): Promise<unknown> {
    const provider = await providerOf({ behavior: { apns: value === undefined ? {} : { [key]: value } } });
    first?.(provider.organization, provider);
    const request = sending?.(provider) ?? {};
    return probe === undefined ? provider.sendAtOnce(request).reason : probe(provider, request);
  }

  for (const row of ROWS) {
    it(`${row.key}, ${row.title}: by default ${row.at}`, async () => {
      assert.equal(await meet(row, undefined), row.at);
    });

    it(`${row.key}, ${row.title}: ${row.off} with ${JSON.stringify(row.value)}`, async () => {
      assert.equal(await meet(row, row.value), row.off);
    });
  }

  it('is tested', () => {
    const tested = new Set<string>([...ELSEWHERE, ...ROWS.map(({ key }) => key)]);
    assert.deepEqual(
      Object.keys(APNS_BEHAVIOR).filter((key) => !tested.has(key)),
      [],
    );
  });

  it('broadcast_payload_limit, 11 bytes: PayloadTooLarge with 10', async () => {
    const provider = await providerOf({ behavior: { apns: { broadcast_payload_limit: 10 } } });
    const connection = connectionWith({ certificate: certificateFor('com.acme.app') });
    const body = '{"message-storage-policy":1,"push-type":"LiveActivity"}';
    const { headers: created } = provider.sendAtOnce({
      connection,
      path: '/1/apps/com.acme.app/channels',
      body,
    });
    const answer = provider.sendAtOnce({
      connection,
      path: '/4/broadcasts/apps/com.acme.app',
      body: 'x'.repeat(11),
      headers: { 'apns-channel-id': created['apns-channel-id']!, 'apns-push-type': 'liveactivity' },
    });
    assert.equal(answer.reason, 'PayloadTooLarge');
  });
});
