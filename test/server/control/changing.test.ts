import assert from 'node:assert/strict';
import { ControlClient } from './control-client.ts';

describe('the clock', () => {
  const settings: readonly [body: object, now: string, rate: number][] = [
    [{ advance: '8d' }, '2026-03-10T08:00:00.000Z', 0],
    [{ advance: '8 d' }, '2026-03-10T08:00:00.000Z', 0],
    [{ at: '2026-01-01T00:00:00Z' }, '2026-01-01T00:00:00.000Z', 0],
    [{ at: '2027-02-03' }, '2027-02-03T00:00:00.000Z', 0],
    [{ rate: 0 }, '2026-03-02T08:00:00.000Z', 0],
    [{ advance: '1h', rate: 0 }, '2026-03-02T09:00:00.000Z', 0],
  ];
  for (const [body, now, rate] of settings) {
    it(`is set to ${now} by ${JSON.stringify(body)}`, async () => {
      const client = await ControlClient.of();
      const set = (await client.request('POST', 'clock', { body })).body;
      assert.deepEqual([set.organization, set.now, set.rate], ['acme', now, rate]);
      assert.equal((await client.request('GET', 'clock')).body.now, now);
      assert.match(set.wall_now, /^20\d\d-/);
    });
  }

  it('runs at its rate from the time that is set', async () => {
    const client = await ControlClient.of();
    const { body } = await client.request('POST', 'clock', { body: { at: '2030-01-01', rate: 1000 } });
    assert.equal(body.rate, 1000);
    assert.match(body.now, /^2030-01-01T00:/);
  });

  it('runs the tasks that are due', async () => {
    const client = await ControlClient.of();
    const { organization } = client.tenant;
    organization.apply({
      type: 'devices_throttled',
      devices: [organization.enrollment.inventory.find('C02ACME0001')!],
      until: organization.runtime.clock.now() + 3_600_000,
    });
    const changes: string[] = [];
    organization.onChange(({ change }) => changes.push(change.type));
    await client.request('POST', 'clock', { body: { advance: '2h' } });
    assert.deepEqual(changes, ['clock_set', 'throttle_ended']);
  });
});

describe('actions', () => {
  it('are performed', async () => {
    const client = await ControlClient.of();
    const done = await client.request('POST', 'actions', { body: { expire_terms: true } });
    assert.deepEqual([done.status, done.body], [200, { done: true, changes: 1 }]);
    assert.equal(client.tenant.organization.enrollment.terms, 'expired');
    const added = await client.request('POST', 'actions', {
      body: { add_devices: [{ generate: 10 }, { serial_number: 'C02ACME0009' }] },
    });
    assert.equal(added.status, 200, added.text);
    assert.equal((await client.request('GET', 'devices')).body.devices.length, 14);
  });

  const wrong: readonly [body: unknown, message: RegExp][] = [
    [{ remove_devices: ['C02UNKNOWN1'] }, /C02UNKNOWN1/],
    [{ move_devices: { devices: ['C02ACME0001'], mdm_server: 'Third' } }, /Third/],
    [{ expire_trems: true }, /./],
    [{}, /./],
    [{ expire_terms: true, accept_terms: true }, /./],
    [7, /./],
    [{ add_devices: [] }, /./],
  ];
  for (const [body, message] of wrong) {
    it(`are rejected: ${JSON.stringify(body)}`, async () => {
      const client = await ControlClient.of();
      const answer = await client.request('POST', 'actions', { body });
      assert.equal(answer.status, 400, answer.text);
      assert.match(answer.body.error, message);
      assert.notEqual(answer.body.hint, '');
    });
  }
});

describe('faults', () => {
  it('are added, counted, listed and removed', async () => {
    const client = await ControlClient.of();
    const fault = {
      id: 'one',
      on: 'dep.session',
      answer: 'T_C_NOT_SIGNED',
      times: 1,
      until: '1h',
      retry_after: '2s',
    };
    assert.deepEqual((await client.request('POST', 'faults', { body: fault })).body, { id: 'one' });
    const { id } = (await client.request('POST', 'faults', { body: { on: 'dep.*', latency: '5ms' } })).body;
    await client.traffic();
    await client.traffic();
    assert.deepEqual((await client.request('GET', 'faults')).body.faults, [
      {
        id: 'one',
        on: 'dep.session',
        times: 1,
        until: '2026-03-02T09:00:00.000Z',
        answer: 'T_C_NOT_SIGNED',
        retry_after: '2s',
        matched: 2,
        applied: 1,
      },
      { id, on: 'dep.*', latency: '5ms', matched: 2, applied: 1 },
    ]);
    assert.deepEqual((await client.request('DELETE', 'faults?id=one')).body, { deleted: ['one'] });
    assert.deepEqual((await client.request('DELETE', 'faults')).body, { deleted: [id] });
    assert.deepEqual((await client.request('GET', 'faults')).body, { faults: [] });
  });

  it('are listed in the form in which they can be added again', async () => {
    const client = await ControlClient.of();
    const where = { '$.headers["user-agent"]': { contains: 'test' } };
    const fault = {
      on: 'dep.session',
      where,
      probability: 0.5,
      answer: { status: 503, body: 'down' },
      after: '1m',
      latency: '1s',
    };
    await client.request('POST', 'faults', { body: fault });
    const [{ id, matched, applied, ...shown }] = (await client.request('GET', 'faults')).body.faults;
    assert.equal((await client.request('POST', 'faults', { body: shown })).status, 200);
    const [, again] = (await client.request('GET', 'faults')).body.faults;
    assert.deepEqual({ ...again, id, matched, applied }, { ...shown, id, matched, applied });
  });

  it('are rejected: an id in use with 409, an invalid form with 400', async () => {
    const client = await ControlClient.of();
    const fault = { id: 'one', on: 'dep.session', latency: '1s' };
    await client.request('POST', 'faults', { body: fault });
    assert.equal((await client.request('POST', 'faults', { body: fault })).status, 409);
    for (const body of [
      {},
      { on: 'dep.session' },
      { on: 7, latency: '1s' },
      { ...fault, where: { '$[': 'present' } },
    ]) {
      const answer = await client.request('POST', 'faults', { body });
      assert.equal(answer.status, 400, answer.text);
    }
  });
});

describe('reset', () => {
  async function changed(): Promise<ControlClient> {
    const client = await ControlClient.of();
    await client.add('second');
    await client.traffic();
    await client.tenant.faults.add({ on: 'dep.account', latency: 1 });
    await client.request('POST', 'clock', { body: { advance: '1d' } });
    client.tenant.organization.apply({ type: 'terms_expired' });
    return client;
  }

  async function stateOf(client: ControlClient): Promise<Record<string, unknown>> {
    return {
      state: client.tenant.organization.enrollment.terms,
      faults: client.tenant.faults.faults.length,
      journal: (await client.request('GET', 'journal')).body.entries.length,
      clock: (await client.request('GET', 'clock')).body.now.slice(0, 10),
    };
  }

  const before = { state: 'expired', faults: 1, journal: 1, clock: '2026-03-03' };
  const after = { state: 'accepted', faults: 0, journal: 0, clock: '2026-03-02' };

  for (const part of ['state', 'faults', 'journal', 'clock'] as const) {
    it(`resets only the ${part}`, async () => {
      const client = await changed();
      const { body } = await client.request('POST', `reset?only=${part}`);
      assert.deepEqual(body, { reset: [part], organizations: ['acme'] });
      assert.deepEqual(await stateOf(client), { ...before, [part]: after[part] });
    });
  }

  it('resets everything, with all=true of every organization', async () => {
    const client = await changed();
    const { body } = await client.request('POST', 'reset?all=true&organization=second');
    assert.deepEqual(body.organizations, ['acme', 'second']);
    assert.deepEqual(await stateOf(client), after);
    assert.deepEqual((await client.request('POST', 'reset?organization=second')).body.organizations, [
      'second',
    ]);
  });
});
