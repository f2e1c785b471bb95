import assert from 'node:assert/strict';
import type { Connection } from '../../src/core/connection.ts';
import { ConnectionHandler } from '../../src/engine/connection-policy.ts';
import type { Operation } from '../../src/engine/service.ts';
import { dep } from '../../src/services/dep/index.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { type CallOptions, type Mdm, mdmOf } from '../dep/mdm.ts';
import { goodRequest, SCENARIO, SESSION_OPERATIONS } from '../dep/operations.ts';
import { requestOf } from '../server/control/control-client.ts';

const assign = SESSION_OPERATIONS.find(({ name }) => name === 'dep.profile.assign')!;

/** Causes of errors, in the order in which they are checked. Each is tested together with all that follow it. */
const OBSTACLES: readonly (readonly [what: string, options: CallOptions, response: string])[] = [
  ['a fault', { headers: { 'x-fault': '1' } }, 'SERVER_ERROR'],
  ['the user agent', { headers: { 'user-agent': '' } }, 'USER_AGENT_MISSING'],
  ['the session', { session: '' }, 'UNAUTHORIZED'],
  ['the form of the body', { raw: 'no JSON' }, 'MALFORMED_REQUEST_BODY'],
  ['the members of the body', { raw: '{"devices": ["X"]}' }, 'PROFILE_UUID_REQUIRED'],
];

describe('a request is handled in one order', () => {
  OBSTACLES.forEach(([what, , answer], index) => {
    it(`${what} comes before ${
      OBSTACLES.slice(index + 1)
        .map(([later]) => later)
        .join(', ') || 'success'
    }`, async () => {
      const mdm = await mdmOf({
        ...SCENARIO,
        faults: [{ on: 'dep.*', where: { "$.headers['x-fault']": 'present' }, answer: 'SERVER_ERROR' }],
      });
      const options: CallOptions = Object.assign(
        {},
        ...OBSTACLES.slice(index)
          .map(([, each]) => each)
          .toReversed(),
        {
          headers: Object.assign({}, ...OBSTACLES.slice(index).map(([, each]) => each.headers)),
        },
      );
      assert.equal((await mdm.call('PUT', assign.path, options)).text, answer);
    });
  });

  it('a wrong method before all of them, since no operation is met', async () => {
    const mdm = await mdmOf({ ...SCENARIO, faults: [{ on: '*', answer: 'SERVER_ERROR' }] });
    assert.equal((await mdm.send('PATCH', assign.path)).status, 405);
  });
});

describe('the journal has an entry for every request', () => {
  let mdm: Mdm;

  before(async () => {
    mdm = await mdmOf(SCENARIO);
  });

  const last = () => [...mdm.apple.journal.entries('test')].at(-1)!;

  const nameOf = ({ name }: Operation): string => name;

  for (const operation of dep.operations) {
    it(nameOf(operation), async () => {
      const { method, path, body } = goodRequest(operation);
      const answer = await mdm.call(method, path, { body });
      const { request, response, why, at, wallAt, transport } = last();
      assert.equal(last().operation, operation.name);
      assert.deepEqual([request.method, request.path], [method, path.split('?')[0]]);
      assert.equal(response?.status, answer.status);
      assert.equal(why === undefined, answer.headers['x-crabapple-why'] === undefined);
      assert.equal(at, Date.parse(SCENARIO.clock.at));
      assert.ok(wallAt > at);
      assert.equal(transport, 'express');
    });
  }

  it('of an unknown path, of a wrong method, of a host that is not served', async () => {
    for (const [method, path, host, status] of [
      ['GET', '/nowhere', 'a', 404],
      ['PUT', '/account', 'a', 405],
      ['GET', '/account', 'gdmf.apple.com', 501],
    ] as const) {
      await mdm.call(method, path, { headers: { host } });
      assert.equal(last().operation, undefined);
      assert.equal(last().response?.status, status);
      assert.ok(last().why);
    }
  });
});

describe('where no organization is served', () => {
  it('a request gets 503, and nothing is thrown', async () => {
    const apple = new SimulatedApple();
    const request = requestOf('GET', '/account');
    const outcome = await apple.handle(request);
    assert.equal(outcome.kind === 'response' && outcome.status, 503);
    assert.equal(apple.engine.reject(request, 413, 'too large').status, 503);
    assert.deepEqual(new ConnectionHandler(apple.engine).onConnection({} as Connection), { kind: 'serve' });
    apple.engine.aborted(request, 'client_gone');
    assert.equal(apple.journal.size, 0);
  });
});
