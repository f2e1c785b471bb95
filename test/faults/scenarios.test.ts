import assert from 'node:assert/strict';
import { parseFault } from '../../src/scenario/parse.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { CATALOG } from '../../src/services/index.ts';
import { mdmOf } from '../dep/mdm.ts';
import { SCENARIO, SERIAL } from '../dep/operations.ts';
import { ControlClient } from '../server/control/control-client.ts';
import { managerOf } from '../vpp/manager.ts';

describe('a rate limit', () => {
  it('by credential returns Apple’s 429 with Retry-After, until virtual time has passed', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      faults: [{ on: 'dep.account', rate_limit: { requests: 2, per: '1m', by: 'credential' } }],
    });
    const statuses = async (server: typeof mdm, count: number): Promise<number[]> => {
      const seen: number[] = [];
      for (let call = 0; call < count; call += 1) seen.push((await server.call('GET', '/account')).status);
      return seen;
    };
    assert.deepEqual(await statuses(mdm, 4), [200, 200, 429, 429]);
    const { headers, text } = await mdm.call('GET', '/account');
    assert.deepEqual([headers['retry-after'], text], ['30', 'TOO_MANY_REQUESTS']);
    // Another MDM server has a bucket of its own.
    assert.deepEqual(await statuses(mdm.other(1), 3), [200, 200, 429]);
    mdm.advance(30_000);
    assert.deepEqual(await statuses(mdm, 2), [200, 429]);
  });

  it('by device counts the devices that a request names', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      faults: [{ on: 'dep.devices.details', rate_limit: { requests: 1, per: '1h', by: 'device' } }],
    });
    const ask = async (...devices: readonly string[]): Promise<number> =>
      (await mdm.call('POST', '/devices', { body: { devices } })).status;
    assert.equal(await ask(SERIAL), 200);
    assert.equal(await ask('DMPACME00002'), 200);
    assert.equal(await ask(SERIAL), 429);
  });

  it('of Apps and Books returns 9646 with Retry-After', async () => {
    const rate_limit = { requests: 1, per: '1m', by: 'credential' };
    const manager = await managerOf({ faults: [{ on: 'vpp.assets', rate_limit }] } as never);
    const headers = { authorization: `Bearer ${manager.sToken}` };
    assert.equal((await manager.send('GET', '/mdm/v2/assets', { headers })).status, 200);
    const limited = await manager.send('GET', '/mdm/v2/assets', { headers });
    assert.deepEqual(
      [limited.status, limited.body.errorNumber, limited.headers['retry-after']],
      [429, 9646, '60'],
    );
  });
});

describe('pages of devices', () => {
  const pageOf = async (answer: object, path = '/devices/sync') => {
    const mdm = await mdmOf({ ...SCENARIO, faults: [{ on: 'dep.devices.*', nth: 2, answer }] });
    const first = (await mdm.call('POST', '/server/devices', { body: {} })).body;
    await mdm.portal({ add_devices: [{ serial_number: 'C02NEWCOMER1', device_family: 'Mac' }] });
    const body = { cursor: first.cursor };
    const applied = (await mdm.call('POST', path, { body })).body;
    const after = (await mdm.call('POST', path, { body: { cursor: applied.cursor } })).body;
    return { first, applied, after };
  };
  const serials = (page: { devices: { serial_number: string }[] }): string[] =>
    page.devices.map(({ serial_number }) => serial_number);

  it('come with the cursor of the request, and more to follow', async () => {
    const { first, applied, after } = await pageOf({ stuck_cursor: true });
    assert.deepEqual([applied.cursor, applied.more_to_follow], [first.cursor, true]);
    assert.deepEqual([serials(after), after.more_to_follow], [['C02NEWCOMER1'], false]);
    assert.notEqual(after.cursor, first.cursor);
  });

  it('lose their events permanently', async () => {
    const { applied, after } = await pageOf({ sync_events: 'lost' });
    assert.deepEqual([serials(applied), serials(after)], [[], []]);
  });

  it('have their events twice', async () => {
    const { applied, after } = await pageOf({ sync_events: 'doubled' });
    assert.deepEqual([serials(applied), serials(after)], [['C02NEWCOMER1', 'C02NEWCOMER1'], []]);
  });
});

describe('faults in the timeline', () => {
  it('are set and cleared by time and by requests, and stay in the report after they were cleared', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      timeline: [
        {
          after: { operation: 'dep.account' },
          set_faults: [{ id: 'down', on: 'dep.account', answer: 'SERVICE_UNAVAILABLE' }],
        },
        { after: '1h', clear_faults: ['down'] },
        { after: '2h', clear_faults: ['down'] },
      ],
    });
    const status = async (): Promise<number> => (await mdm.call('GET', '/account')).status;
    assert.deepEqual([await status(), await status(), await status()], [200, 503, 503]);
    mdm.advance(3_600_000);
    mdm.forgetSession();
    assert.equal(await status(), 200);
    mdm.advance(3_600_000);
    const [suite] = mdm.apple.verify().suites;
    assert.deepEqual(suite?.faults, [
      { id: 'down', on: 'dep.account', does: 'SERVICE_UNAVAILABLE', applied: 2 },
    ]);
    // The second clear_faults finds no fault: the entry fails with a reason.
    assert.deepEqual(
      suite?.timeline.map(({ status }) => status),
      ['done', 'done', 'failed'],
    );
  });

  it('are removed by a reset, until their entry runs again', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      timeline: [
        { after: { operation: 'dep.account' }, set_faults: [{ on: 'dep.account', answer: 'FORBIDDEN' }] },
      ],
    });
    await mdm.call('GET', '/account');
    const { default: tenant } = mdm.apple.tenants;
    assert.equal(tenant.faults.faults.length, 1);
    mdm.apple.reset(tenant);
    assert.equal(tenant.faults.faults.length, 0);
  });
});

describe('faults of the server over the control API', () => {
  it('have a separate table, which a reset restores from the scenario', async () => {
    const client = await ControlClient.of();
    const body = {
      on: '*',
      host: 'vpp.*',
      rate_limit: { requests: 5, per: '60000ms', by: 'credential' },
      latency: { log_normal: { median: '300ms', sigma: 0.5 } },
      bytes_per_second: 100,
    };
    assert.deepEqual((await client.request('POST', 'faults?scope=server', { body })).body, {
      id: 'server-fault-1',
    });
    assert.deepEqual((await client.request('GET', 'faults')).body.faults, []);
    assert.deepEqual((await client.request('GET', 'faults?scope=server')).body.faults, [
      { id: 'server-fault-1', ...body, matched: 0, applied: 0 },
    ]);
    await client.request('POST', 'reset?only=faults');
    assert.deepEqual((await client.request('GET', 'faults?scope=server')).body.faults, []);
    await client.request('POST', 'faults?scope=server', { body });
    assert.deepEqual((await client.request('DELETE', 'faults?scope=server')).body, {
      deleted: ['server-fault-1'],
    });
    assert.equal((await client.request('GET', 'faults?scope=world')).status, 400);
  });
});

describe('definitions that contradict themselves', () => {
  const CASES: readonly (readonly [fault: object, message: RegExp])[] = [
    [{ on: 'dep.session' }, /needs `answer`, `latency`/],
    [{ on: 'dep.*', answer: { reset: true }, latency: '1s' }, /^fault: latency: `reset` sends no response/],
    [{ on: 'dep.*', answer: { stall: true }, bytes_per_second: 1 }, /`stall` sends no response/],
    [{ on: 'dep.*', answer: { goaway: true }, retry_after: '1s' }, /`goaway` sends no response/],
    [{ on: 'dep.*', latency: '1s', retry_after: '1s' }, /`retry_after` needs/],
    [{ on: 'dep.*', answer: 'FORBIDDEN', nth: 2, times: 3 }, /applies once, not 3 times/],
    [{ on: 'dep.*', answer: 'FORBIDDEN', after: '2h', until: '1h' }, /`until` is not later than `after`/],
    [{ on: 'dep.*', nth: 1, rate_limit: { requests: 1, per: '1s', by: 'device' } }, /applies to one request/],
    [{ on: 'dep.*', rate_limit: { requests: 0, per: '1s', by: 'device' } }, /must be at least 1/],
    [{ on: 'dep.*', rate_limit: { requests: 1, per: '0s', by: 'device' } }, /longer than 0/],
    [{ on: 'dep.*', latency: { uniform: ['2s', '1s'] } }, /must not be larger/],
    [{ on: 'dep.*', latency: '30d' }, /at most 24d/],
    [{ on: 'apns.push', answer: { stuck_cursor: true } }, /does not return a page of devices/],
    [
      { on: 'apns.push', answer: { goaway: true, reset: true } },
      /answer\.\w+: `(goaway|reset)` cannot be combined with `(goaway|reset)`/,
    ],
    [{ on: 'dep.session', answer: { tls_alert: 'unknown_ca' } }, /before the first request/],
    [{ on: 'connection', answer: 'FORBIDDEN' }, /without a request cannot get this answer/],
    [{ on: 'connection', latency: '1s' }, /without a request cannot get this answer/],
    [
      { on: 'connection', answer: { reset: true }, rate_limit: { requests: 1, per: '1s', by: 'credential' } },
      /no credential/,
    ],
  ];
  for (const [fault, message] of CASES) {
    it(`are rejected: ${JSON.stringify(fault)}`, async () => {
      await assert.rejects(parseFault(fault, CATALOG), (error) => {
        assert.ok(error instanceof ScenarioError);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('are rejected in timeline and server_faults, with their place', async () => {
    const fault = { on: 'dep.*', answer: { reset: true }, latency: '1s' };
    for (const part of [{ server_faults: [fault] }, { timeline: [{ after: '1h', set_faults: [fault] }] }]) {
      await assert.rejects(mdmOf(part), /`reset` sends no response/);
    }
  });
});
