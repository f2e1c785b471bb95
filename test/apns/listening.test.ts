import assert from 'node:assert/strict';
import type { Outcome } from '../../src/core/outcome.ts';
import { performAction } from '../../src/organization/actions.ts';
import { connectionWith, NOW, type Provider, providerOf, type Sending } from './provider.ts';

const PLAIN = connectionWith({ protocol: 'http/1.1', secure: false, serverName: undefined });

const decoder = new TextDecoder();

/** A device that listens over server-sent events. */
class Listener {
  readonly #events: AsyncIterator<Uint8Array>;

  constructor(outcome: Outcome | Promise<Outcome>) {
    assert.ok(!(outcome instanceof Promise) && outcome.kind === 'response');
    assert.equal(outcome.status, 200);
    assert.equal(outcome.headers['content-type'], 'text/event-stream');
    this.#events = (outcome.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  }

  /** The next event; undefined at the end. */
  async next(): Promise<string | undefined> {
    const { done, value } = await this.#events.next();
    return done === true ? undefined : decoder.decode(value);
  }

  async begin(): Promise<this> {
    assert.equal(await this.next(), ': listening\n\n');
    return this;
  }

  async leave(): Promise<void> {
    await this.#events.return?.();
  }
}

describe('GET /events', () => {
  let provider: Provider;

  const eventsRequest = (token: string): Sending => ({
    method: 'GET',
    path: '/events',
    query: `token=${token}`,
    body: '',
    connection: PLAIN,
  });
  const listen = (token = provider.token()) => new Listener(provider.handle(eventsRequest(token)));
  const push = (sending: Sending = {}) => provider.sendAtOnce({ connection: PLAIN, ...sending });

  beforeEach(async () => {
    provider = await providerOf();
  });

  it('sends every push as `event: ping` with the unchanged payload', async () => {
    const listener = await listen().begin();
    const body = `{ "mdm" : ${JSON.stringify(provider.magic())} }`;
    push({ body });
    assert.equal(await listener.next(), `event: ping\ndata: ${body}\n\n`);
  });

  it('sends a push to a listener that waits for the next event', async () => {
    const listener = await listen().begin();
    const next = listener.next();
    push();
    assert.match((await next) ?? '', /^event: ping\ndata: \{"mdm":"/);
  });

  it('sends a payload of several lines as several data lines', async () => {
    const listener = await listen().begin();
    push({ body: `{\n"mdm":\r\n${JSON.stringify(provider.magic())}}` });
    assert.equal(
      await listener.next(),
      `event: ping\ndata: {\ndata: "mdm":\ndata: ${JSON.stringify(provider.magic())}}\n\n`,
    );
  });

  it('sends only the newest push to a slow listener', async () => {
    const listener = await listen().begin();
    const magic = JSON.stringify(provider.magic());
    for (const number of [1, 2, 3]) push({ body: `{"mdm":${magic},"n":${number}}` });
    assert.match((await listener.next()) ?? '', /"n":3/);
  });

  it('sends the push that was stored while no listener was connected', async () => {
    await (await listen().begin()).leave();
    push();
    assert.equal(provider.newest()?.fate, 'stored');
    const listener = await listen().begin();
    assert.match((await listener.next()) ?? '', /^event: ping/);
    assert.equal(provider.newest()?.fate, 'delivered');
  });

  it('stores an undelivered push again when the connection ends', async () => {
    const { counts } = provider.organization.push;
    const slow = await listen().begin();
    const magic = JSON.stringify(provider.magic());
    for (const number of [1, 2]) push({ body: `{"mdm":${magic},"n":${number}}` });
    await slow.leave();
    assert.equal(provider.newest()?.fate, 'stored');
    assert.deepEqual([counts.accepted, counts.delivered, counts.stored], [2, 1, 1]);
    const again = listen();
    assert.equal(counts.deliveredFromStorage, 1);
    await again.leave();
    assert.deepEqual([counts.delivered, counts.deliveredFromStorage, counts.stored], [1, 0, 1]);
    const patient = await listen().begin();
    assert.match((await patient.next()) ?? '', /"n":2/);
    assert.deepEqual([counts.delivered, counts.deliveredFromStorage, counts.stored], [2, 1, 1]);
    await patient.leave();
    assert.equal(provider.record()?.stored, undefined);
  });

  const FORGOTTEN: Readonly<Record<string, () => void>> = {
    'that is never stored': () => push({ headers: { 'apns-expiration': '0' } }),
    'whose time is over': () => {
      push({ headers: { 'apns-expiration': `${NOW / 1000 + 60}` } });
      provider.organization.runtime.clock.advance(61_000);
    },
    'of a device that is no longer registered': () => {
      push();
      performAction(provider.organization, { unregister_push: ['C02ACME0001'] });
    },
    'of before a reset': () => {
      push();
      provider.organization.reset();
    },
  };
  for (const [what, happens] of Object.entries(FORGOTTEN)) {
    it(`stores nothing ${what} when it ends`, async () => {
      const slow = await listen().begin();
      happens();
      await slow.leave();
      assert.equal(provider.record()?.stored, undefined);
    });
  }

  it('leaves a newer push that is stored in its place', async () => {
    const slow = await listen().begin();
    push();
    performAction(provider.organization, { take_offline: ['C02ACME0001'] });
    push({ body: `{"mdm":${JSON.stringify(provider.magic())},"n":2}` });
    await slow.leave();
    assert.match(provider.record()?.stored?.payload ?? '', /"n":2/);
  });

  it('sends an undelivered push to the newest connection', async () => {
    const former = await listen().begin();
    push();
    const newest = await listen().begin();
    assert.equal(await former.next(), undefined);
    assert.match((await newest.next()) ?? '', /^event: ping/);
  });

  it('belongs to the newest connection of a device; the former ends', async () => {
    const former = await listen().begin();
    const newest = await listen().begin();
    assert.equal(await former.next(), undefined);
    push();
    assert.match((await newest.next()) ?? '', /^event: ping/);
  });

  it('stays with the newest when the former leaves late', async () => {
    const former = await listen().begin();
    const newest = await listen().begin();
    await former.leave();
    push();
    assert.match((await newest.next()) ?? '', /^event: ping/);
  });

  it('is silent about pushes that do not wake the device', async () => {
    const listener = await listen().begin();
    push({ body: '{"mdm":"wrong"}' });
    push();
    assert.ok((await listener.next())?.includes(provider.magic()));
  });

  it('registers tokens that simulated devices choose, of any length, with any PushMagic', async () => {
    const token = Buffer.from('tokenC02SIMULATED').toString('hex');
    const listener = await listen(token).begin();
    push({ token, body: '{"mdm":"pushmagicABC"}' });
    assert.equal(await listener.next(), 'event: ping\ndata: {"mdm":"pushmagicABC"}\n\n');
    await listener.leave();
    push({ token, body: '{"mdm":"again"}' });
    const again = await listen(token).begin();
    assert.match((await again.next()) ?? '', /again/);
  });

  it('receives nothing while the device is offline, and the newest push when it is back online', async () => {
    const listener = await listen().begin();
    performAction(provider.organization, { take_offline: ['C02ACME0001'] });
    push();
    performAction(provider.organization, { bring_online: ['C02ACME0001'] });
    assert.match((await listener.next()) ?? '', /^event: ping/);
  });

  it('sends keepalive comments while there is no push to send', async () => {
    provider = await providerOf({ behavior: { apns: { listener_keep_alive: '1ms' } } });
    const listener = await listen().begin();
    assert.equal(await listener.next(), ': keepalive\n\n');
    await listener.leave();
  });

  it('ends while a read of the next event is pending', async () => {
    const listener = await listen().begin();
    const next = listener.next();
    await listener.leave();
    assert.equal(await next, undefined);
    assert.equal(await listener.next(), undefined);
  });

  const REJECTIONS: readonly (readonly [title: string, token: string, status: number, reason: string])[] = [
    ['no token', '', 400, 'MissingDeviceToken'],
    ['a token that is not hexadecimal', 'xyz', 400, 'BadDeviceToken'],
    ['a token that is too long', 'ab'.repeat(513), 400, 'BadDeviceToken'],
  ];

  for (const [title, token, status, reason] of REJECTIONS) {
    it(`rejects ${title}: ${status} ${reason}`, () => {
      const answer = provider.sendAtOnce(eventsRequest(token));
      assert.deepEqual([answer.status, answer.reason], [status, reason]);
    });
  }

  it('rejects a token that is no longer in use: 410 with a timestamp', () => {
    const old = provider.token();
    performAction(provider.organization, { rotate_push_tokens: ['C02ACME0001'] });
    performAction(provider.organization, { unregister_push: ['C02ACME0001'] });
    for (const token of [old, provider.token()]) {
      const answer = provider.sendAtOnce(eventsRequest(token));
      assert.deepEqual([answer.status, typeof answer.timestamp], [410, 'number']);
    }
  });

  it('rejects an unknown token with unknown_listener: BadDeviceToken', async () => {
    provider = await providerOf({ behavior: { apns: { unknown_listener: 'BadDeviceToken' } } });
    assert.equal(provider.sendAtOnce(eventsRequest('abcd')).reason, 'BadDeviceToken');
  });
});

describe('the plain port', () => {
  it('accepts a push with only a device token, and uses the topic of its device', async () => {
    const provider = await providerOf();
    assert.equal(provider.sendAtOnce({ connection: PLAIN }).status, 200);
    assert.equal(
      provider.sendAtOnce({ connection: PLAIN, headers: { 'apns-topic': 'com.acme.app' } }).reason,
      'DeviceTokenNotForTopic',
    );
  });

  it('uses the topic of x-crabapple-topic', async () => {
    const provider = await providerOf();
    const headers = { 'x-crabapple-topic': 'com.acme.app', 'apns-topic': provider.topic };
    assert.equal(provider.sendAtOnce({ connection: PLAIN, headers }).reason, 'DeviceTokenNotForTopic');
  });

  it('checks a provider token if one is sent', async () => {
    const provider = await providerOf();
    const headers = { authorization: 'bearer a.b.c' };
    assert.equal(provider.sendAtOnce({ connection: PLAIN, headers }).reason, 'InvalidProviderToken');
  });
});
