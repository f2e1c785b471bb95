import assert from 'node:assert/strict';
import type { ClientCertificate } from '../../src/core/client-certificate.ts';
import type { Connection } from '../../src/core/connection.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { ConnectionHandler } from '../../src/engine/connection-policy.ts';
import { certificateFor, connectionWith, NOW, type Provider, providerOf } from './provider.ts';

const DAY = 86_400_000;

/** What a push meets on a connection: a status, or the reason of a GOAWAY. */
function met(outcome: Outcome | Promise<Outcome>): number | string | undefined {
  assert.ok(!(outcome instanceof Promise));
  if (outcome.kind === 'response') return outcome.status;
  assert.ok(outcome.kind === 'goaway');
  return outcome.reason;
}

interface Case {
  readonly title: string;
  readonly certificate: Partial<ClientCertificate>;
  readonly serverName?: string;
  readonly behavior?: object;
  /** Kind of the greeting, and its reason. */
  readonly greeting: string;
  readonly push: number | string;
}

const CASES: readonly Case[] = [
  { title: 'one of ours', certificate: {}, greeting: 'serve', push: 200 },
  {
    title: 'one without environment, in the sandbox',
    certificate: { environments: [] },
    serverName: 'api.sandbox.push.apple.com',
    greeting: 'serve',
    push: 200,
  },
  {
    title: 'one of production, in the sandbox',
    certificate: {},
    serverName: 'api.sandbox.push.apple.com',
    greeting: 'goaway BadCertificateEnvironment',
    push: 'BadCertificateEnvironment',
  },
  {
    title: 'one of the sandbox, in production',
    certificate: { environments: ['sandbox'] },
    greeting: 'goaway BadCertificateEnvironment',
    push: 'BadCertificateEnvironment',
  },
  {
    title: 'one of the sandbox, in production, with bad_certificate: response',
    certificate: { environments: ['sandbox'] },
    behavior: { bad_certificate: 'response' },
    greeting: 'serve',
    push: 403,
  },
  {
    title: 'one of another issuer',
    certificate: { issuedHere: false },
    greeting: 'goaway BadCertificate',
    push: 'BadCertificate',
  },
  {
    title: 'one of another issuer where any is taken',
    certificate: { issuedHere: false },
    behavior: { certificate_trust: 'any' },
    greeting: 'serve',
    push: 200,
  },
  {
    title: 'one without topics where any is taken',
    certificate: { issuedHere: false, topics: [], defaultTopic: undefined },
    behavior: { certificate_trust: 'any' },
    greeting: 'goaway BadCertificate',
    push: 'BadCertificate',
  },
  {
    title: 'one that is pinned',
    certificate: { issuedHere: false },
    behavior: { certificate_trust: 'pinned', certificate_pins: [`${'AB:'.repeat(31)}AB`] },
    greeting: 'serve',
    push: 200,
  },
  {
    title: 'one that is not pinned',
    certificate: {},
    behavior: { certificate_trust: 'pinned' },
    greeting: 'goaway BadCertificate',
    push: 'BadCertificate',
  },
  {
    title: 'one that has expired',
    certificate: { notAfter: NOW - 1 },
    greeting: 'close',
    push: 'BadCertificate',
  },
  {
    title: 'one that has expired, with expired_certificate: response',
    certificate: { notAfter: NOW - 1 },
    behavior: { expired_certificate: 'response', bad_certificate: 'response' },
    greeting: 'serve',
    push: 403,
  },
];

describe('client certificates', () => {
  const shown = ({ apple }: Provider, connection: Connection): string => {
    const greeting = new ConnectionHandler(apple.engine).onConnection(connection);
    return greeting.kind === 'goaway' ? `goaway ${greeting.reason}` : greeting.kind;
  };

  for (const { title, certificate, serverName, behavior, greeting, push } of CASES) {
    it(`${title}: ${greeting}, ${push}`, async () => {
      const provider = await providerOf({ behavior: { apns: behavior ?? {} } });
      const authority = serverName ?? 'api.push.apple.com';
      const connection = connectionWith({
        serverName: authority,
        certificate: certificateFor(provider.topic, certificate),
      });
      assert.equal(shown(provider, connection), greeting);
      const recorded = [...provider.apple.journal.entries(provider.apple.tenants.default.id)].map(
        ({ operation, ended, why }) => [operation, ended, why !== undefined],
      );
      const [ended] = greeting.split(' ');
      assert.deepEqual(recorded, ended === 'serve' ? [] : [['connection', ended, true]]);
      assert.equal(met(provider.handle({ connection, authority })), push);
    });
  }

  it('get 403 BadCertificate over HTTP/1.1, which has no GOAWAY', async () => {
    const provider = await providerOf();
    const connection = connectionWith({
      protocol: 'http/1.1',
      certificate: certificateFor(provider.topic, { issuedHere: false }),
    });
    const answer = provider.sendAtOnce({ connection });
    assert.deepEqual([answer.status, answer.reason], [403, 'BadCertificate']);
  });

  it('expire on the virtual clock', async () => {
    const provider = await providerOf();
    const connection = provider.trusted();
    assert.equal(provider.sendAtOnce({ connection }).status, 200);
    provider.advance(366 * DAY);
    assert.equal(met(provider.handle({ connection })), 'BadCertificate');
    assert.equal(shown(provider, provider.trusted()), 'close');
  });

  it('are revoked by topic or fingerprint, on connections that are open too', async () => {
    for (const revoked of [{ topic: 'own' }, { fingerprint: 'ab'.repeat(32) }]) {
      const provider = await providerOf();
      const connection = provider.trusted();
      assert.equal(provider.sendAtOnce({ connection }).status, 200);
      provider.organization.apply({
        type: 'push_certificate_revoked',
        ...revoked,
        ...('topic' in revoked ? { topic: provider.topic } : {}),
      });
      assert.equal(met(provider.handle({ connection })), 'BadCertificate');
      assert.equal(shown(provider, provider.trusted()), 'goaway BadCertificate');
    }
  });

  it('of several topics push to each of them', async () => {
    const provider = await providerOf({
      devices: [{ serial_number: 'C02ACME0001', push_token: 'cd'.repeat(32), push_topic: 'com.acme.app' }],
    });
    const topics = ['com.acme.app', 'com.acme.app.voip'];
    const connection = connectionWith({ certificate: certificateFor('com.acme.app', { topics }) });
    for (const topic of topics) {
      assert.equal(provider.sendAtOnce({ connection, headers: { 'apns-topic': topic } }).status, 200);
    }
  });

  it('give no topic where behavior says so', async () => {
    const provider = await providerOf({ behavior: { apns: { missing_topic: 'error' } } });
    assert.equal(provider.sendAtOnce({}).reason, 'MissingTopic');
    assert.equal(provider.sendAtOnce({ headers: { 'apns-topic': provider.topic } }).status, 200);
  });

  it('of a renewal with a new topic lose every device', async () => {
    const provider = await providerOf();
    const connection = connectionWith({ certificate: certificateFor('com.apple.mgmt.External.renewed') });
    const answer = provider.sendAtOnce({ connection });
    assert.equal(answer.reason, 'DeviceTokenNotForTopic');
    assert.match(answer.why ?? '', new RegExp(provider.topic));
  });
});

describe('the start of a connection to the push service', () => {
  const greetingOf = async (connection: Connection, apns: object = {}) =>
    new ConnectionHandler((await providerOf({ behavior: { apns } })).apple.engine).onConnection(connection);

  it('allows one stream on a connection to a push host without a client certificate', async () => {
    const greeting = await greetingOf(connectionWith());
    assert.ok(greeting.kind === 'serve');
    assert.equal(greeting.maxConcurrentStreams, 1);
    assert.equal(greeting.settings?.maxHeaderListSize, 8000);
  });

  it('changes nothing for other hosts, without SNI and without TLS', async () => {
    assert.deepEqual(await greetingOf(connectionWith({ serverName: 'mdmenrollment.apple.com' })), {
      kind: 'serve',
    });
    assert.deepEqual(await greetingOf(connectionWith({ serverName: undefined })), { kind: 'serve' });
    assert.deepEqual(await greetingOf(connectionWith({ secure: false })), { kind: 'serve' });
  });

  it('sends the SETTINGS of the behavior settings', async () => {
    const apns = {
      streams_before_token: 3,
      header_table_size: 1,
      initial_window_size: 2,
      max_frame_size: 20_000,
      max_header_list_size: 4,
      larger_header_list: '431',
      idle_close: '5s',
    };
    assert.deepEqual(await greetingOf(connectionWith(), apns), {
      kind: 'serve',
      maxConcurrentStreams: 3,
      settings: { headerTableSize: 1, initialWindowSize: 2, maxFrameSize: 20_000, maxHeaderListSize: 4 },
      largestHeaderList: 4,
      idle: 5000,
    });
  });

  it('allows max_concurrent_streams with a certificate', async () => {
    const provider = await providerOf({ behavior: { apns: { max_concurrent_streams: 7 } } });
    const greeting = new ConnectionHandler(provider.apple.engine).onConnection(provider.trusted());
    assert.ok(greeting.kind === 'serve' && greeting.maxConcurrentStreams === 7);
  });
});
