import assert from 'node:assert/strict';
import { simulateApple } from '../../src/simulated-apple.ts';
import { mdmOf } from '../dep/mdm.ts';

const START = '2026-03-02T08:00:00Z';

const SCENARIO = {
  clock: { at: START, rate: 0 },
  mdm_servers: [{ server_name: 'Acme MDM' }],
  devices: [{ serial_number: 'C02ACME0001', device_family: 'Mac' }],
};

describe('the timeline', () => {
  it('runs actions `at` a virtual time, and `after` a duration', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      timeline: [
        { at: '2026-03-02T09:00:00Z', expire_terms: true },
        { after: '2h', accept_terms: true },
      ],
    });
    const { clock } = mdm.organization.runtime;
    const terms = async (): Promise<number> => {
      mdm.forgetSession();
      return (await mdm.openSession()).status;
    };
    assert.equal(await terms(), 200);
    clock.advance(3_600_000);
    assert.equal(await terms(), 403);
    clock.advance(3_600_000);
    assert.equal(await terms(), 200);
    assert.deepEqual(
      mdm.apple.verify().suites[0]?.timeline.map(({ action, status }) => [action, status]),
      [
        ['expire_terms', 'done'],
        ['accept_terms', 'done'],
      ],
    );
  });

  it('runs actions in order of their times when the clock jumps over several', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      timeline: [
        { after: '2h', accept_terms: true },
        { after: '1h', expire_terms: true },
      ],
    });
    mdm.organization.runtime.clock.advance(10 * 3_600_000);
    assert.equal((await mdm.openSession()).status, 200);
    assert.deepEqual(
      mdm.apple.verify().suites[0]?.timeline.map(({ at }) => new Date(at ?? 0).toISOString()),
      ['2026-03-02T10:00:00.000Z', '2026-03-02T09:00:00.000Z'],
    );
  });

  it('runs an action once after a number of exchanges, before the response is sent', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      timeline: [
        {
          after: { operation: 'dep.account', times: 2 },
          add_devices: [{ generate: 10, device_family: 'iPad' }],
        },
      ],
    });
    const { inventory } = mdm.organization.enrollment;
    await mdm.call('GET', '/account');
    assert.equal(mdm.organization.enrollment.inventory.deviceCount, 1);
    for (let count = 0; count < 3; count += 1) await mdm.call('GET', '/account');
    assert.equal(inventory.deviceCount, 11);
  });

  it('runs an action after real time', async () => {
    const mdm = await mdmOf({ ...SCENARIO, timeline: [{ after: { real: '1ms' }, expire_terms: true }] });
    await new Promise<void>((resolve) => {
      mdm.organization.onChange(({ change }) => {
        if (change.type === 'terms_expired') resolve();
      });
    });
    assert.equal(mdm.organization.enrollment.terms, 'expired');
  });

  it('reports an action that fails, and still sends the response', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      timeline: [{ after: { operation: 'dep.account' }, remove_devices: ['NOSUCH0001'] }],
    });
    assert.equal((await mdm.call('GET', '/account')).status, 200);
    const { suites, status } = mdm.apple.verify();
    assert.equal(status, 'failed');
    assert.equal(suites[0]?.timeline[0]?.status, 'failed');
    assert.equal(
      suites[0]?.verdicts[0]?.reason,
      'the action failed: no device has the serial number "NOSUCH0001"',
    );
  });

  it('restarts with a reset', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      timeline: [
        { after: { operation: 'dep.account' }, expire_terms: true },
        { after: '1h', remove_devices: ['C02ACME0001'] },
      ],
    });
    const states = () => mdm.apple.verify().suites[0]?.timeline.map(({ status }) => status);
    await mdm.call('GET', '/account');
    mdm.organization.runtime.clock.advance(3_600_000);
    assert.deepEqual(states(), ['done', 'done']);
    mdm.apple.reset(mdm.apple.tenants.default);
    assert.deepEqual(states(), ['pending', 'pending']);
    mdm.forgetSession();
    await mdm.call('GET', '/account');
    mdm.organization.runtime.clock.advance(3_600_000);
    assert.deepEqual(states(), ['done', 'done']);
  });
});

describe('the timeline of an organization that is removed', () => {
  it('stops, including real-time actions', async () => {
    const apple = await simulateApple({ name: 'Stays' });
    const tenant = await apple.addScenario(
      {
        name: 'Goes',
        mdm_servers: [{ server_name: 'M' }],
        timeline: [{ after: { real: '1ms' }, expire_terms: true }],
      },
      { id: 'goes' },
    );
    const verifier = apple.verifierOf(tenant);
    apple.removeOrganization('goes');
    // This timer was set later, and fires later.
    await new Promise((resolve) => setTimeout(resolve, 2));
    assert.deepEqual(verifier.suite.timeline, []);
    assert.equal(tenant.organization.enrollment.terms, 'accepted');
    assert.throws(() => apple.removeOrganization('goes'), { problem: 'unknown_id' });
    assert.throws(() => apple.removeOrganization('stays'), { problem: 'is_default' });
  });
});
