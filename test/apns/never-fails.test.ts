import assert from 'node:assert/strict';
import fc from 'fast-check';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { connectionWith, type Provider, providerOf, type Sending } from './provider.ts';

const NAMES = [
  'apns-topic',
  'apns-push-type',
  'apns-id',
  'apns-expiration',
  'apns-priority',
  'apns-collapse-id',
  'apns-request-id',
  'apns-channel-id',
  'authorization',
  'x-crabapple-topic',
  'host',
];

const text = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'mdm',
    '10',
    '0',
    'bearer a.b.c',
    'bearer e30.e30.AA',
    '__proto__',
    'constructor',
    '%00',
    '{}',
  ),
);

const path = fc.oneof(
  fc.constantFrom(
    '/3/device/',
    '/3/device',
    '/3/',
    '/events',
    '/1/apps/a/channels',
    '/4/broadcasts/apps/a',
    '/1/apps//x',
  ),
  text.map((rest) => `/3/device/${rest}`),
  text.map((rest) => `/1/apps/${rest}/channels`),
  text.map((rest) => `/4/broadcasts/apps/${rest}`),
  text.map((rest) => `/${rest}`),
);

const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map((value) => new TextEncoder().encode(value)),
  fc
    .constantFrom('{"mdm":1}', '{"mdm":{"a":[]}}', `${'['.repeat(2000)}`, '{"__proto__":{}}')
    .map((value) => new TextEncoder().encode(value)),
);

describe('any input', () => {
  let provider: Provider;

  before(async () => {
    provider = await providerOf();
  });

  const PLAIN = connectionWith({ secure: false, protocol: 'http/1.1', serverName: undefined });

  it('never gets a 500 response', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH'),
        path,
        fc.dictionary(fc.constantFrom(...NAMES), text),
        body,
        fc.constantFrom('own', 'none', 'plain'),
        text,
        async (method, requestPath, headers, sent, who, query) => {
          const connection = { own: provider.trusted(), none: connectionWith(), plain: PLAIN }[who]!;
          const sending: Sending = { method, path: requestPath, headers, body: sent, connection, query };
          const outcome = await provider.handle(sending);
          if (outcome.kind !== 'response') return;
          assert.notEqual(outcome.status, 500, outcome.why);
          if (typeof outcome.body !== 'string') {
            await (outcome.body as AsyncIterator<Uint8Array> & AsyncIterable<Uint8Array>).return?.();
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gets the same responses to the same requests, byte for byte', async () => {
    const responses = async (): Promise<unknown[]> => {
      const own = await providerOf();
      const answers: unknown[] = [];
      for (const sending of [
        {},
        { token: own.token(7) },
        { body: '' },
        { authority: 'api.sandbox.push.apple.com', connection: connectionWith() },
        {
          path: '/1/apps/a/channels',
          connection: PLAIN,
          body: '{"message-storage-policy":0,"push-type":"LiveActivity"}',
        },
      ] satisfies Sending[]) {
        const { status, headers, body: responseBody } = await own.send(sending);
        answers.push([own.token(7), own.magic(7), own.topic, status, headers, responseBody]);
      }
      return answers;
    };
    assert.deepEqual(await responses(), await responses());
  });
});

describe('an inventory of 100,000 devices', () => {
  it('keeps nothing for pushes until a device is touched', async () => {
    const provider = await providerOf({ devices: [{ generate: 100_000, device_family: 'Mac' }] });
    const { push } = provider.organization;
    const touched = (): number[] => [
      ...push.registrations.recorded(),
      ...push.newest.registrations(),
      ...push.rates.registrations(),
    ];
    assert.deepEqual(touched(), []);
    assert.equal(provider.sendAtOnce().status, 200);
    assert.equal(provider.sendAtOnce().status, 200);
    assert.deepEqual(touched(), [registrationOf(provider.device())]);
  });
});
