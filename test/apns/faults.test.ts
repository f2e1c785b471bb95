import assert from 'node:assert/strict';
import { ConnectionHandler } from '../../src/engine/connection-policy.ts';
import type { FaultDefinition } from '../../src/engine/faults/definition.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { type Provider, providerOf } from './provider.ts';

const outcomesOf = async (provider: Provider, count: number): Promise<unknown[]> => {
  const kinds: unknown[] = [];
  for (let number = 0; number < count; number += 1) {
    const outcome = await provider.handle();
    kinds.push(outcome.kind === 'response' ? outcome.status : outcome.kind);
  }
  return kinds;
};

describe('faults on the wire', () => {
  for (const [answer, kind] of [
    [{ reset: true }, 'reset'],
    [{ empty_reply: true }, 'empty_reply'],
    [{ refused_stream: true }, 'refused_stream'],
    [{ stall: true }, 'stall'],
    [{ goaway: true }, 'goaway'],
  ] as const) {
    it(`${kind} in place of the second push alone, and in the journal`, async () => {
      const provider = await providerOf({ faults: [{ id: 'f', on: 'apns.push', nth: 2, answer }] });
      assert.deepEqual(await outcomesOf(provider, 3), [200, kind, 200]);
      const entry = [...provider.apple.journal.entries('test')][1];
      assert.deepEqual([entry?.ended, entry?.fault, entry?.response], [kind, 'f', undefined]);
      assert.match(entry?.why ?? '', /f of the fault table/);
    });
  }

  it('leave the push unsent that they apply to', async () => {
    const provider = await providerOf({ faults: [{ on: 'apns.push', answer: { reset: true } }] });
    await provider.handle();
    assert.equal(provider.record(), undefined);
  });

  it('goaway says its reason', async () => {
    const provider = await providerOf({ faults: [{ on: 'apns.push', answer: { goaway: 'Shutdown' } }] });
    const outcome = await provider.handle();
    assert.ok(outcome.kind === 'goaway');
    assert.equal(outcome.reason, 'Shutdown');
  });

  it('stream_limit goes along with the answer', async () => {
    const provider = await providerOf({ faults: [{ on: 'apns.push', answer: { stream_limit: 1 } }] });
    const { status, response } = provider.sendAtOnce();
    assert.equal(status, 200);
    assert.deepEqual(response.effects?.at(-1), { kind: 'stream_limit', maxConcurrentStreams: 1 });
  });

  it('apply to one token', async () => {
    const provider = await providerOf();
    const where = { '$.path': { equals: `/3/device/${provider.token(1)}` } };
    await provider.apple.tenants.default.faults.add({
      on: 'apns.*',
      where,
      answer: { error: 'ExpiredToken' },
    });
    assert.equal(provider.sendAtOnce().status, 200);
    const answer = provider.sendAtOnce({ token: provider.token(1) });
    assert.deepEqual(
      [answer.status, answer.reason, answer.timestamp],
      [410, 'ExpiredToken', 1_772_438_400_000],
    );
  });

  it('apply to one topic', async () => {
    const where = { "$.headers['apns-topic']": { contains: 'mgmt' } };
    const provider = await providerOf({ faults: [{ on: 'apns.push', where, answer: 'Shutdown' }] });
    assert.equal(provider.sendAtOnce().status, 200);
    assert.equal(provider.sendAtOnce({ headers: { 'apns-topic': provider.topic } }).reason, 'Shutdown');
  });

  for (const reason of [
    'Forbidden',
    'IdleTimeout',
    'InternalServerError',
    'ServiceUnavailable',
    'Shutdown',
    'TooManyRequests',
    'ExpiredToken',
    'BadRequestParams',
  ]) {
    it(`reach ${reason}, which no push meets by itself`, async () => {
      const provider = await providerOf({ faults: [{ on: 'apns.push', answer: reason }] });
      assert.equal(provider.sendAtOnce().reason, reason);
    });
  }

  it('turn peers away before the handshake, so many times', async () => {
    const answer = { tls_alert: 'certificate_expired' } as const;
    const provider = await providerOf({
      faults: [{ on: 'connection', times: 1, where: { '$.query.port': { equals: 2197 } }, answer }],
    });
    const connections = new ConnectionHandler(provider.apple.engine);
    assert.deepEqual(connections.beforeHandshake({ port: 443 }), { kind: 'handshake' });
    assert.deepEqual(connections.beforeHandshake({ port: 2197 }), { kind: 'tls_alert', alert: 45 });
    assert.deepEqual(connections.beforeHandshake({ port: 2197 }), { kind: 'handshake' });
    assert.equal(provider.sendAtOnce().status, 200);
  });

  for (const fault of [
    { on: 'apns.push', answer: { tls_alert: 'certificate_expired' } },
    { on: 'connection', latency: '1s' },
    { on: 'apns.push', answer: { reset: false } },
    { on: 'apns.push', answer: { tls_alert: 'nonsense' } },
    { on: 'apns.push', answer: 'BadDeviceTokens' },
  ]) {
    it(`are rejected when written as ${JSON.stringify(fault)}`, async () => {
      await assert.rejects(providerOf({ faults: [fault as unknown as FaultDefinition] }), ScenarioError);
    });
  }
});
