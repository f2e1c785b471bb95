import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Action, performAction } from '../../src/organization/actions.ts';
import { type Push, registrationOf } from '../../src/organization/push/registration.ts';
import { NOW, type Provider, providerOf } from './provider.ts';

const MAC = 'C02ACME0001';
const MINUTE = 60_000;
const DAY = 86_400_000;

const expiringAt = (milliseconds: number) => ({
  headers: { 'apns-expiration': String(Math.floor(milliseconds / 1000)) },
});

/** Payloads of the pushes that wake the Mac. */
function heard(provider: Provider): string[] {
  const pushes: string[] = [];
  provider.organization.deliveries.listen(registrationOf(provider.device()), ({ push }) => {
    pushes.push(push.apnsId);
  });
  return pushes;
}

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('pushes to a device', () => {
  let provider: Provider;
  let woken: string[];
  const act = (action: Action) => performAction(provider.organization, action);
  const sendNumber = (number: number, headers: Readonly<Record<string, string>> = {}) =>
    provider.sendAtOnce({ headers: { 'apns-id': idOf(number), ...headers } });
  const last = () => {
    const newest = provider.newest();
    return newest === undefined ? undefined : [newest.fate, newest.reason];
  };

  beforeEach(async () => {
    provider = await providerOf();
    woken = heard(provider);
  });

  it('reach an online device immediately', () => {
    sendNumber(1);
    assert.deepEqual(woken, [idOf(1)]);
    assert.deepEqual(last(), ['delivered', undefined]);
  });

  it('get 200 and do not wake the device with a PushMagic of another device', () => {
    for (const body of ['{"mdm":"wrong"}', '{}', '{"mdm":7}']) {
      const answer = provider.sendAtOnce({ body });
      assert.equal(answer.status, 200);
      assert.match(answer.why ?? '', /^magic mismatch/);
    }
    assert.deepEqual(woken, []);
    assert.equal(provider.newest()?.woke, false);
    assert.equal(provider.organization.push.counts.magicMismatches, 3);
  });

  it('are in the journal as magic mismatch', () => {
    provider.sendAtOnce({ body: '{"mdm":"wrong"}' });
    const [entry] = [...provider.apple.journal.entries('test')].slice(-1);
    assert.match(entry?.why ?? '', /^magic mismatch/);
  });

  it('wait for one that is offline: the newest alone', () => {
    act({ take_offline: [MAC] });
    for (const number of [1, 2, 3]) sendNumber(number);
    assert.deepEqual(last(), ['stored', undefined]);
    assert.deepEqual(woken, []);
    act({ bring_online: [MAC] });
    assert.deepEqual(woken, [idOf(3)]);
    assert.deepEqual(last(), ['delivered', undefined]);
    assert.equal(provider.organization.push.counts.discarded.overwritten, 2);
    act({ take_offline: [MAC] });
    act({ bring_online: [MAC] });
    assert.deepEqual(woken, [idOf(3)]);
  });

  it('are never stored with apns-expiration 0', () => {
    act({ take_offline: [MAC] });
    sendNumber(1, { 'apns-expiration': '0' });
    assert.deepEqual(last(), ['discarded', 'not_stored']);
    act({ bring_online: [MAC] });
    assert.deepEqual(woken, []);
  });

  it('with apns-expiration 0 leave one that is stored alone', () => {
    act({ take_offline: [MAC] });
    sendNumber(1);
    sendNumber(2, { 'apns-expiration': '0' });
    act({ bring_online: [MAC] });
    assert.deepEqual(woken, [idOf(1)]);
  });

  it('reach one that is online with apns-expiration 0 or one in the past', () => {
    sendNumber(1, { 'apns-expiration': '0' });
    sendNumber(2, { 'apns-expiration': '1' });
    assert.deepEqual(woken, [idOf(1), idOf(2)]);
  });

  it('expire on the virtual clock', () => {
    act({ take_offline: [MAC] });
    provider.sendAtOnce(expiringAt(NOW + 10 * MINUTE));
    provider.advance(10 * MINUTE);
    act({ bring_online: [MAC] });
    assert.deepEqual(woken, []);
    assert.deepEqual(last(), ['discarded', 'expired']);
  });

  it('are there a moment before they expire', () => {
    act({ take_offline: [MAC] });
    provider.sendAtOnce(expiringAt(NOW + 10 * MINUTE));
    provider.advance(10 * MINUTE - 1);
    act({ bring_online: [MAC] });
    assert.equal(woken.length, 1);
  });

  it('wait for 30 days where nothing is said, and never longer', () => {
    for (const headers of [{}, expiringAt(NOW + 300 * DAY).headers]) {
      act({ take_offline: [MAC] });
      provider.sendAtOnce({ headers });
      provider.advance(30 * DAY - 1);
      act({ bring_online: [MAC] });
      assert.equal(woken.splice(0).length, 1);
      act({ take_offline: [MAC] });
      provider.sendAtOnce({ headers });
      provider.advance(30 * DAY);
      act({ bring_online: [MAC] });
      assert.deepEqual(woken, []);
    }
  });

  it('that wait keep whether they wake the device', () => {
    act({ take_offline: [MAC] });
    provider.sendAtOnce({ body: '{"mdm":"wrong"}' });
    act({ bring_online: [MAC] });
    assert.deepEqual(woken, []);
    assert.deepEqual(last(), ['delivered', undefined]);
  });

  it('meet 410 with the time of a TokenUpdate once the token is another', () => {
    const old = provider.token();
    provider.advance(5);
    act({ rotate_push_tokens: [MAC] });
    provider.advance(1000);
    const answer = provider.sendAtOnce({ token: old });
    assert.deepEqual([answer.status, answer.reason, answer.timestamp], [410, 'Unregistered', NOW + 5]);
    assert.equal(provider.sendAtOnce({ token: provider.token() }).status, 200);
  });

  it('meet 410 once the profile is removed, and 200 after the device enrolled again', () => {
    act({ unregister_push: [MAC] });
    const answer = provider.sendAtOnce({});
    assert.deepEqual([answer.status, answer.timestamp], [410, NOW]);
    act({ register_push: [{ serial_number: MAC, push_token: 'ee'.repeat(32), push_magic: 'new' }] });
    assert.equal(provider.sendAtOnce({ token: 'ee'.repeat(32), body: '{"mdm":"new"}' }).why, undefined);
  });

  it('that wait are discarded when the device is unregistered', () => {
    act({ take_offline: [MAC] });
    sendNumber(1);
    act({ unregister_push: [MAC] });
    assert.deepEqual(last(), ['discarded', 'unregistered']);
  });

  it('need the new PushMagic after it was rotated', () => {
    const old = provider.magic();
    act({ rotate_push_magic: [MAC] });
    assert.match(provider.sendAtOnce({ body: JSON.stringify({ mdm: old }) }).why ?? '', /^magic mismatch/);
    assert.equal(provider.sendAtOnce({}).why, undefined);
  });

  it('go to the user of a Mac by a token of its own', () => {
    const token = 'aa'.repeat(32);
    act({ register_push: [{ serial_number: MAC, channel: 'user', push_token: token, push_magic: 'user' }] });
    assert.equal(provider.sendAtOnce({ token, body: '{"mdm":"user"}' }).why, undefined);
    assert.equal(provider.sendAtOnce({}).why, undefined);
  });

  it('go to a token of no device that was registered', () => {
    act({ register_push: [{ push_token: 'beef', push_topic: provider.topic }] });
    assert.equal(provider.sendAtOnce({ token: 'BEEF', body: '{"mdm":"any"}' }).why, undefined);
  });

  it('return to the initial state with a reset', () => {
    const token = provider.token();
    act({ rotate_push_tokens: [MAC] });
    provider.organization.reset();
    assert.equal(provider.token(), token);
    assert.equal(provider.sendAtOnce({}).status, 200);
  });

  it('use the push token, magic, topic and offline state of a scenario file', async () => {
    const push = {
      push_token: 'ABCD'.repeat(16),
      push_magic: 'm',
      push_topic: 'com.acme.app',
      offline: true,
    };
    provider = await providerOf({
      devices: [{ serial_number: MAC, ...push }],
      push: { topic: 'com.acme.app' },
    });
    assert.equal(provider.sendAtOnce({ token: 'abcd'.repeat(16), body: '{"mdm":"m"}' }).status, 200);
    assert.equal(provider.newest()?.fate, 'stored');
  });

  for (const action of [
    { take_offline: ['UNKNOWN'] },
    { register_push: [{ serial_number: 'UNKNOWN', push_token: 'aa' }] },
    {
      register_push: [
        { serial_number: MAC, push_token: 'aa' },
        { serial_number: MAC, push_token: 'AA' },
      ],
    },
    { revoke_push_key: { key_id: 'UNKNOWN' } },
  ] satisfies Action[]) {
    it(`reject ${JSON.stringify(action)}`, () => {
      assert.throws(() => act(action), { name: 'ActionError' });
    });
  }

  it('reject a token of another device', () => {
    const taken = { register_push: [{ serial_number: MAC, push_token: provider.token(1) }] };
    assert.throws(() => act(taken), /belongs to/);
  });
});

describe('store and forward', () => {
  type Step =
    | { readonly kind: 'send'; readonly lives: number | undefined }
    | { readonly kind: 'advance'; readonly by: number }
    | { readonly kind: 'offline' | 'online' };

  const steps: fc.Arbitrary<readonly Step[]> = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('send' as const),
        lives: fc.option(fc.integer({ min: -5, max: 40 }), { nil: undefined }),
      }),
      fc.record({ kind: fc.constant('advance' as const), by: fc.integer({ min: 0, max: 20 }) }),
      fc.constantFrom({ kind: 'offline' as const }, { kind: 'online' as const }),
    ),
    { maxLength: 30 },
  );

  it('keeps to a model: one push at most waits, the newest, for as long as it lives', async () => {
    const provider = await providerOf();
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        provider.organization.reset('clock');
        provider.organization.reset();
        const got: Push[] = [];
        const stop = provider.organization.deliveries.listenToAll(({ push }) => got.push(push));
        const wanted: string[] = [];
        let waiting: { readonly id: string; readonly until: number } | undefined;
        let online = true;
        let now = 0;
        story.forEach((step, number) => {
          switch (step.kind) {
            case 'send': {
              const expiration =
                step.lives === undefined ? {} : expiringAt(NOW + now + step.lives * DAY).headers;
              provider.sendAtOnce({ headers: { 'apns-id': idOf(number), ...expiration } });
              const until = now + Math.min(step.lives ?? 30, 30) * DAY;
              if (online) wanted.push(idOf(number));
              else if (until > now) waiting = { id: idOf(number), until };
              break;
            }
            case 'advance':
              provider.advance(step.by * DAY);
              now += step.by * DAY;
              break;
            case 'offline':
              performAction(provider.organization, { take_offline: [MAC] });
              online = false;
              break;
            case 'online':
              performAction(provider.organization, { bring_online: [MAC] });
              if (!online && waiting !== undefined && waiting.until > now) wanted.push(waiting.id);
              if (!online) waiting = undefined;
              online = true;
              break;
          }
        });
        stop();
        assert.deepEqual(
          got.map(({ apnsId }) => apnsId),
          wanted,
        );
      }),
      { numRuns: 60 },
    );
  });
});
