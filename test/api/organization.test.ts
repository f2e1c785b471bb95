import assert from 'node:assert/strict';
import {
  ActionError,
  ClockError,
  type Crabapple,
  createCrabapple,
  FaultTableError,
  ScenarioError,
  SnapshotError,
  WaitError,
} from '../../src/index.ts';
import { ask, withContentToken } from './requests.ts';

const MAC = 'C02ACME0001';
const START = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;

describe('organization', () => {
  let apple: Crabapple;

  beforeEach(async () => {
    apple = await createCrabapple({
      name: 'Acme',
      clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
      mdm_servers: [{ server_name: 'One' }, { server_name: 'Two' }],
      devices: [
        { serial_number: MAC, device_family: 'Mac' },
        { generate: 2, device_family: 'iPad' },
      ],
      locations: [{ name: 'Headquarters', assets: [{ adam_id: 361309726, total: 5 }] }],
    });
  });

  afterEach(() => apple[Symbol.dispose]());

  const users = () =>
    ask(apple, 'GET', '/mdm/v2/users', { headers: withContentToken(apple.credentials.contentToken) });

  describe('devices', () => {
    it('finds a device by its serial number, and iterates over all', () => {
      assert.equal(apple.devices.size, 3);
      assert.equal(apple.devices.get(MAC)?.mdm_server, 'One');
      assert.equal(apple.devices.get('UNKNOWN'), undefined);
      assert.deepEqual(
        [...apple.devices].map(({ device_family }) => device_family),
        ['Mac', 'iPad', 'iPad'],
      );
    });

    it('adds 100,000 generated devices without computing them', async () => {
      await apple.addDevices([{ generate: 100_000, device_family: 'iPhone' }]);
      assert.equal(apple.devices.size, 100_003);
      const [first] = apple.devices;
      assert.equal(first?.serial_number, MAC);
    });
  });

  describe('portal actions', () => {
    it('are methods, and values of act()', async () => {
      assert.deepEqual(await apple.moveDevices({ devices: [MAC], mdm_server: 'Two' }), { changes: 1 });
      assert.equal(apple.devices.get(MAC)?.mdm_server, 'Two');
      await apple.act({ take_offline: [MAC] });
      assert.equal(apple.devices.get(MAC)?.online, false);
    });

    it('need no argument where a scenario file says `true`', async () => {
      const { serverToken } = apple.credentials;
      await apple.renewServerToken();
      assert.notEqual(apple.credentials.serverToken.access_token, serverToken.access_token);
      const two = apple.credentials.serverTokens.Two;
      await apple.renewServerToken({ mdm_server: 'Two' });
      assert.notDeepEqual(apple.credentials.serverTokens.Two, two);
    });

    it('reject with ActionError or ScenarioError', async () => {
      await assert.rejects(apple.removeDevices(['UNKNOWN']), ActionError);
      await assert.rejects(apple.act({} as never), ScenarioError);
      // @ts-expect-error JavaScript callers can leave the argument out
      await assert.rejects(apple.removeDevices(), /action: remove_devices/);
    });
  });

  describe('clock', () => {
    it('can be read, set, advanced, frozen and started', () => {
      assert.equal(apple.clock.now, START);
      assert.equal(apple.clock.rate, 0);
      apple.clock.advance('1h 30m');
      apple.clock.advance(-HOUR / 2);
      assert.equal(apple.clock.now, START + HOUR);
      apple.clock.set('2026-04-01');
      assert.equal(apple.clock.now, Date.parse('2026-04-01'));
      apple.clock.set(new Date(START));
      assert.equal(apple.clock.now, START);
      apple.clock.run(1000);
      assert.equal(apple.clock.rate, 1000);
      apple.clock.freeze();
      assert.equal(apple.clock.rate, 0);
    });

    for (const [about, wrong] of [
      ['a string that is not a duration', () => apple.clock.advance('soon' as '1d')],
      ['NaN milliseconds', () => apple.clock.advance(Number.NaN)],
      ['a string that is not an instant', () => apple.clock.set('tomorrow')],
      ['a time before 1970-01-02', () => apple.clock.set(0)],
      ['a time after the year 8999', () => apple.clock.advance(1e15)],
      ['a negative rate', () => apple.clock.run(-1)],
    ] as const) {
      it(`throws ClockError and does not change for ${about}`, () => {
        assert.throws(wrong, ClockError);
        assert.equal(apple.clock.now, START);
      });
    }

    it('runs the timeline entries that are due', async () => {
      await apple.timeline.add({ after: '1h', expire_terms: true }, { after: '2h', accept_terms: true });
      assert.deepEqual(
        apple.timeline.list.map(({ action, status }) => [action, status]),
        [
          ['expire_terms', 'pending'],
          ['accept_terms', 'pending'],
        ],
      );
      apple.clock.advance('1h');
      assert.deepEqual(
        apple.timeline.list.map(({ status, at }) => [status, at]),
        [
          ['done', START + HOUR],
          ['pending', undefined],
        ],
      );
    });
  });

  describe('timeline', () => {
    it('runs an added entry after the request that it waits for', async () => {
      await apple.timeline.add({ after: { operation: 'vpp.users' }, add_devices: [{ generate: 4 }] });
      assert.equal(apple.devices.size, 3);
      await users();
      assert.equal(apple.devices.size, 7);
    });

    it('loses added entries with reset()', async () => {
      await apple.timeline.add({ after: '1h', add_devices: [{ generate: 4 }] });
      apple.reset();
      apple.clock.advance('2h');
      assert.deepEqual([apple.devices.size, apple.timeline.list.length], [3, 0]);
    });

    it('adds no entry if one is invalid', async () => {
      await assert.rejects(
        apple.timeline.add(
          { after: '1h', expire_terms: true },
          { after: { operation: 'dep.sesion' as 'dep.*' }, accept_terms: true },
        ),
        /timeline\[1\]\.after\.operation: .*did you mean `dep\.session`/,
      );
      assert.equal(apple.timeline.list.length, 0);
    });
  });

  describe('behavior settings', () => {
    it('have defaults, and can be set', async () => {
      assert.equal(apple.behavior.dep.limit_default, 100);
      await apple.behavior.set({ dep: { limit_default: 7, session_idle: '5m' } });
      assert.deepEqual([apple.behavior.dep.limit_default, apple.behavior.dep.session_idle], [7, 300_000]);
      assert.equal(apple.behavior.dep.limit_max, 1000);
    });

    it('are restored by reset() and restore()', async () => {
      await apple.behavior.set({ dep: { limit_default: 7 } });
      const seven = apple.snapshot();
      await apple.behavior.set({ dep: { limit_max: 500 } });
      apple.reset(['state']);
      assert.deepEqual([apple.behavior.dep.limit_default, apple.behavior.dep.limit_max], [100, 1000]);
      await apple.restore(seven);
      assert.deepEqual([apple.behavior.dep.limit_default, apple.behavior.dep.limit_max], [7, 1000]);
    });

    it('are part of an export', async () => {
      await apple.behavior.set({ dep: { session_idle: '5m', limit_default: 7 } });
      const again = await createCrabapple(await apple.export(apple.snapshot()));
      assert.deepEqual(again.behavior.dep, apple.behavior.dep);
    });

    it('do not change if one of them is unknown', async () => {
      const wrong = { dep: { limit_default: 7, limit_maxx: 1 } };
      await assert.rejects(apple.behavior.set(wrong), /dep\.limit_maxx: .*did you mean `limit_max`/);
      assert.equal(apple.behavior.dep.limit_default, 100);
    });
  });

  describe('faults', () => {
    it('can be added, listed with their counts, and removed', async () => {
      const id = await apple.faults.add({ on: 'vpp.*', answer: { status: 503 }, times: 1 });
      assert.equal((await users()).status, 503);
      assert.equal((await users()).status, 200);
      assert.deepEqual(
        apple.faults.list.map((fault) => [fault.id, fault.on, fault.answer, fault.matched, fault.applied]),
        [[id, 'vpp.*', { status: 503 }, 2, 1]],
      );
      assert.equal(apple.faults.remove(id), true);
      assert.equal(apple.faults.remove(id), false);
      await apple.faults.add({ on: 'dep.*', latency: '1s' });
      apple.faults.clear();
      assert.deepEqual(apple.faults.list, []);
    });

    it('of the server are separate from those of the organization', async () => {
      await apple.serverFaults.add({ on: 'vpp.users', answer: 9646 });
      assert.notEqual((await users()).status, 200);
      assert.deepEqual([apple.faults.list.length, apple.serverFaults.list.length], [0, 1]);
    });

    it('reject with FaultTableError for an id that is in use, with ScenarioError for an invalid fault', async () => {
      await apple.faults.add({ id: 'mine', on: 'dep.*', latency: '1s' });
      await assert.rejects(apple.faults.add({ id: 'mine', on: 'dep.*', latency: '1s' }), FaultTableError);
      await assert.rejects(apple.faults.add({ on: 'dep.session' }), ScenarioError);
    });
  });

  describe('journal', () => {
    it('contains all exchanges, or those of an operation', async () => {
      await users();
      await ask(apple, 'GET', '/nothing/here');
      assert.deepEqual(
        [...apple.journal].map(({ operation, response }) => [operation, response?.status]),
        [
          ['vpp.users', 200],
          [undefined, 404],
        ],
      );
      const [exchange] = apple.journal.entries('vpp.users');
      assert.deepEqual(exchange?.response?.body.users, []);
      assert.match(apple.journal.entries()[1]?.why ?? '', /nothing/);
      assert.equal(apple.journal.dropped, 0);
    });

    it('resolves waitFor() with a matching exchange', async () => {
      const waiting = apple.waitFor('vpp.users', { where: { '$.response.status': 200 } });
      await users();
      assert.equal((await waiting).operation, 'vpp.users');
    });

    it('rejects waitFor() with WaitError when the organization is removed', async () => {
      const passing = await apple.organizations.add({ name: 'Passing' });
      const waiting = assert.rejects(passing.waitFor('dep.session'), WaitError);
      // The wait starts after `where` was compiled.
      await new Promise((resolve) => setImmediate(resolve));
      passing[Symbol.dispose]();
      await waiting;
    });
  });

  describe('profiles and locations', () => {
    it('contain what an MDM server created', async () => {
      const headers = withContentToken(apple.credentials.contentToken);
      await ask(apple, 'POST', '/mdm/v2/users/create', {
        headers,
        body: { users: [{ clientUserId: 'one' }] },
      });
      const body = { assets: [{ adamId: '361309726' }], serialNumbers: [MAC] };
      await ask(apple, 'POST', '/mdm/v2/assets/associate', { headers, body });
      apple.clock.advance('1h');
      const [headquarters] = apple.locations;
      assert.deepEqual(headquarters?.users, [{ client_user_id: 'one', status: 'Registered' }]);
      const [asset] = headquarters?.assets ?? [];
      assert.deepEqual([asset?.total, asset?.assigned, asset?.available], [5, 1, 4]);
      assert.deepEqual(apple.profiles, []);
    });
  });

  describe('handle()', () => {
    for (const [about, request] of [
      ['undefined', undefined],
      ['an empty object', {}],
      ['a request without headers', { method: 'GET', path: '/session', query: '' }],
    ] as const) {
      it(`returns a 4xx response for ${about}`, async () => {
        const outcome = await apple.handle(request as never);
        assert.equal(outcome.kind === 'response' && outcome.status, 400);
      });
    }
  });

  describe('verify()', () => {
    it('applies added expectations to the exchanges in the journal', async () => {
      await users();
      await apple.expect({ operation: 'vpp.users' }, { never: 'dep.devices.disown' });
      assert.equal(apple.verify().status, 'passed');
      await apple.expect({ name: 'a session', operation: 'dep.session' });
      const report = apple.organizations.default.verify();
      assert.equal(report.status, 'failed');
      assert.deepEqual(
        report.suites[0]?.verdicts.map(({ status }) => status),
        ['passed', 'passed', 'failed'],
      );
    });

    it('adds no expectation if one is invalid', async () => {
      await assert.rejects(
        apple.expect({ operation: 'vpp.users' }, { operation: 'dep.sesion' as 'dep.*' }),
        /expectations: \[1\]\.operation: no operation is named "dep\.sesion" \(did you mean `dep\.session`\?\)/,
      );
      assert.deepEqual(apple.verify().suites[0]?.verdicts, []);
    });
  });

  describe('snapshots', () => {
    it('can be restored, listed and exported', async () => {
      const name = apple.snapshot('before');
      await apple.removeDevices([MAC]);
      assert.equal(apple.devices.get(MAC)?.mdm_server, null);
      await apple.restore(name);
      assert.equal(apple.devices.get(MAC)?.mdm_server, 'One');
      assert.deepEqual(apple.snapshots, ['before']);
      assert.match(await apple.export('before'), /^name: Acme$/m);
      await assert.rejects(apple.restore('nothing'), SnapshotError);
    });
  });
});
