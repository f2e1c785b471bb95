import assert from 'node:assert/strict';
import type { FaultDefinition } from '../../src/engine/faults/definition.ts';
import { FaultTableError } from '../../src/engine/faults/fault-area.ts';
import { FaultTable } from '../../src/engine/faults/fault-table.ts';
import type { Organization } from '../../src/organization/organization.ts';
import { type Mdm, mdmOf } from '../dep/mdm.ts';
import { SCENARIO, SERIAL } from '../dep/operations.ts';
import { organizationOf } from '../organization/organization-of.ts';

const START = Date.parse('2026-03-02T08:00:00Z');

const VIEW = { method: 'GET', path: '/account', query: {}, headers: {}, body: { devices: [SERIAL] } };

async function tableOf(
  ...definitions: readonly FaultDefinition[]
): Promise<{ table: FaultTable; organization: Organization }> {
  const organization = organizationOf({ clock: { at: START, rate: 0 } }, definitions);
  const table = new FaultTable(organization);
  await table.prepare();
  return { table, organization };
}

const ANSWER = { error: 'SERVER_ERROR' };

/** Which of so many requests are applied, as `.` and `x`. */
const applied = (table: FaultTable, requests: number, operation = 'dep.account'): string =>
  Array.from({ length: requests }, () =>
    table.match('request', operation, { host: undefined, view: () => VIEW }) === undefined ? '.' : 'x',
  ).join('');

describe('which requests a fault applies to', () => {
  const COUNTS: readonly (readonly [fault: Partial<FaultDefinition>, pattern: string])[] = [
    [{}, 'xxxxxx'],
    [{ times: 2 }, 'xx....'],
    [{ nth: 3 }, '..x...'],
    [{ nth: 3, times: 1 }, '..x...'],
    [{ probability: 0 }, '......'],
    [{ probability: 1 }, 'xxxxxx'],
  ];
  for (const [fault, pattern] of COUNTS) {
    it(`${JSON.stringify(fault)}: ${pattern}`, async () => {
      const { table } = await tableOf({ on: 'dep.account', answer: ANSWER, ...fault });
      assert.equal(applied(table, 6), pattern);
    });
  }

  const PATTERNS: readonly (readonly [on: string, operation: string, expected: boolean])[] = [
    ['dep.account', 'dep.account', true],
    ['dep.account', 'dep.accounts', false],
    ['dep.*', 'dep.profile.assign', true],
    ['*', 'dep.session', true],
    ['*.session', 'dep.session', true],
    ['dep.devices.*', 'dep.device.replacement', false],
    // A point is a point.
    ['dep.account', 'depxaccount', false],
    ['dep.(a|b)', 'dep.a', false],
  ];
  for (const [on, operation, expected] of PATTERNS) {
    it(`on ${on}: ${operation} ${expected ? 'is' : 'is not'}`, async () => {
      const { table } = await tableOf({ on, answer: ANSWER });
      assert.equal(applied(table, 1, operation), expected ? 'x' : '.');
    });
  }

  it('where something stands in them; only those count for nth', async () => {
    const { table } = await tableOf({
      on: '*',
      answer: ANSWER,
      nth: 2,
      where: { '$.body.devices[*]': { equals: SERIAL } },
    });
    const matched = (body: unknown) =>
      table.match('request', 'dep.account', { host: undefined, view: () => ({ ...VIEW, body }) }) !==
      undefined;
    assert.deepEqual(
      [matched({}), matched(VIEW.body), matched({}), matched(VIEW.body)],
      [false, false, false, true],
    );
  });

  const SPANS: readonly (readonly [fault: Partial<FaultDefinition>, pattern: string])[] = [
    [{ after: { elapsed: 2000 } }, '..xxx'],
    [{ until: { elapsed: 2000 } }, 'xx...'],
    [{ after: { elapsed: 1000 }, until: { elapsed: 3000 } }, '.xx..'],
    [{ after: { at: START + 3000 } }, '...xx'],
    [{ until: { at: START } }, '.....'],
  ];
  for (const [fault, pattern] of SPANS) {
    it(`by virtual time, second by second: ${JSON.stringify(fault)}: ${pattern}`, async () => {
      const { table, organization } = await tableOf({ on: '*', answer: ANSWER, ...fault });
      let seen = '';
      for (let second = 0; second < 5; second += 1) {
        seen += applied(table, 1);
        organization.runtime.clock.advance(1000);
      }
      assert.equal(seen, pattern);
    });
  }

  it('by chance, the same ones for the same seed, about as many as it says', async () => {
    const fault = { id: 'chance', on: '*', answer: ANSWER, probability: 0.3 };
    const one = applied((await tableOf(fault)).table, 1000);
    assert.equal(one, applied((await tableOf(fault)).table, 1000));
    const share = [...one].filter((mark) => mark === 'x').length / 1000;
    assert.ok(share > 0.25 && share < 0.35, String(share));
    const other = applied((await tableOf({ ...fault, id: 'other' })).table, 1000);
    assert.notEqual(one, other);
  });

  it('the first that applies to decides; one that is used up lets the next', async () => {
    const { table } = await tableOf(
      { id: 'one', on: '*', answer: ANSWER, times: 1 },
      { id: 'two', on: '*', answer: ANSWER, times: 1 },
    );
    const ids = Array.from(
      { length: 3 },
      () => table.match('request', 'dep.account', { host: undefined, view: () => VIEW })?.id,
    );
    assert.deepEqual(ids, ['one', 'two', undefined]);
  });

  it('a request that one fault applies to counts for those below it, in its table and in the next', async () => {
    const { table: upper } = await tableOf({ id: 'first', on: '*', answer: ANSWER, nth: 1 });
    const { table: lower } = await tableOf(
      { id: 'second', on: '*', answer: ANSWER, nth: 2 },
      { id: 'always', on: '*', answer: ANSWER },
      { id: 'third', on: '*', answer: ANSWER, nth: 3 },
    );
    const context = { host: undefined, view: () => VIEW };
    const ids = Array.from({ length: 3 }, () => {
      const above = upper.match('request', 'dep.account', context);
      return lower.match('request', 'dep.account', context, above)?.id;
    });
    assert.deepEqual(ids, ['first', 'second', 'always']);
    assert.deepEqual(
      lower.faults.map(({ matched, applied }) => [matched, applied]),
      [
        [3, 1],
        [3, 1],
        [3, 0],
      ],
    );
  });
});

describe('the fault table', () => {
  it('gives ids where none is given, and takes none twice', async () => {
    const { table } = await tableOf({ on: '*', answer: ANSWER }, { id: 'fault-3', on: '*', answer: ANSWER });
    const third = await table.add({ on: '*', answer: ANSWER });
    assert.equal(third.id, 'fault-4');
    await assert.rejects(table.add({ id: 'fault-3', on: '*', answer: ANSWER }), FaultTableError);
  });

  it('is bounded', async () => {
    const { table } = await tableOf();
    for (let fault = 0; fault < 1000; fault += 1) await table.add({ on: 'dep.account', answer: ANSWER });
    await assert.rejects(table.add({ on: '*', answer: ANSWER }), /at most 1000/);
  });

  it('comes back to the scenario on reset, counts and chance included', async () => {
    const { table, organization } = await tableOf({ id: 'own', on: '*', answer: ANSWER, probability: 0.5 });
    const first = applied(table, 50);
    await table.add({ id: 'more', on: '*', answer: ANSWER });
    table.remove('own');
    organization.reset('faults');
    assert.deepEqual(
      table.faults.map(({ id }) => id),
      ['own'],
    );
    assert.equal(applied(table, 50), first);
    table.clear();
    assert.equal(applied(table, 5), '.....');
    assert.equal(table.remove('own'), false);
  });
});

describe('an applied fault returns', () => {
  const requested = async (
    fault: object,
  ): Promise<{ mdm: Mdm; answer: Awaited<ReturnType<Mdm['call']>> }> => {
    const mdm = await mdmOf({ ...SCENARIO, faults: [{ on: 'dep.account', ...fault }] });
    return { mdm, answer: await mdm.call('GET', '/account') };
  };

  it("an error of Apple's by name, with Retry-After", async () => {
    const { mdm, answer } = await requested({
      id: 'busy',
      answer: 'TOO_MANY_REQUESTS',
      retry_after: '1500ms',
    });
    assert.deepEqual(
      [answer.status, answer.text, answer.headers['retry-after']],
      [429, 'TOO_MANY_REQUESTS', '2'],
    );
    assert.match(answer.headers['x-crabapple-why'] ?? '', /busy of the fault table/);
    const entry = [...mdm.apple.journal.entries('test')].at(-1)!;
    assert.equal(entry.fault, 'busy');
    assert.equal(entry.operation, 'dep.account');
  });

  it('a given status, body and header fields', async () => {
    const { answer } = await requested({
      answer: { status: 502, body: '<html>', headers: { 'Content-Type': 'text/html', 'X-Other': '1' } },
    });
    assert.deepEqual([answer.status, answer.text], [502, '<html>']);
    assert.equal(answer.headers['content-type'], 'text/html');
    assert.equal(answer.headers['x-other'], '1');
  });

  it('a given status with an empty body', async () => {
    const { answer } = await requested({ answer: { status: 503 } });
    assert.deepEqual([answer.status, answer.text, answer.headers['content-type']], [503, '', undefined]);
  });

  it('the usual response, later, if it has only latency', async () => {
    const { mdm, answer } = await requested({ latency: '1ms' });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.server_name, 'Acme MDM');
    assert.equal([...mdm.apple.journal.entries('test')].at(-1)!.fault, 'fault-1');
  });

  it('nothing after its last time: the operation runs', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      faults: [{ on: 'dep.devices.disown', times: 1, answer: 'SERVER_ERROR' }],
    });
    const disown = () => mdm.call('POST', '/devices/disown', { body: { devices: [SERIAL] } });
    assert.equal((await disown()).status, 500);
    assert.deepEqual((await disown()).body.devices, { [SERIAL]: 'SUCCESS' });
  });

  it('nothing for a wrong method: 405 has no operation', async () => {
    const { mdm } = await requested({ answer: 'SERVER_ERROR' });
    assert.equal((await mdm.call('PUT', '/account')).status, 405);
  });

  it('an error on `*` only for operations whose service defines it', async () => {
    const apns = await mdmOf({ ...SCENARIO, faults: [{ on: '*', answer: 'BadDeviceToken' }] });
    assert.equal((await apns.call('GET', '/account')).status, 200);
    const dep = await mdmOf({ ...SCENARIO, faults: [{ on: '*', times: 1, answer: 'T_C_NOT_SIGNED' }] });
    const push = await dep.send('POST', '/3/device/abc', { raw: '{}' });
    assert.ok(push.status < 500, push.text);
    assert.equal((await dep.send('GET', '/account')).text, 'T_C_NOT_SIGNED');
  });

  it('EXHAUSTED_CURSOR on sync, which the simulation never returns by itself', async () => {
    const mdm = await mdmOf({
      ...SCENARIO,
      faults: [{ on: 'dep.devices.sync', answer: 'EXHAUSTED_CURSOR' }],
    });
    const { cursor } = (await mdm.call('POST', '/server/devices', { body: {} })).body;
    assert.equal((await mdm.call('POST', '/devices/sync', { body: { cursor } })).text, 'EXHAUSTED_CURSOR');
  });
});
