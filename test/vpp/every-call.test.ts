import assert from 'node:assert/strict';
import type { Operation } from '../../src/engine/service.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import { vpp as vppV2 } from '../../src/services/vpp/index.ts';
import { vppV1 } from '../../src/services/vpp-v1/index.ts';
import { type Manager, managerOf, type RequestOptions } from './manager.ts';

const LOCATIONS = [
  { name: 'Good' },
  { name: 'Expired', content_tokens: [{ expires: '2026-03-01' }] },
  { name: 'Revoked', content_tokens: [{ status: 'revoked' }] },
  { name: 'Read only', content_tokens: [{ rights: 'read_only' }] },
  { name: 'Legacy', content_tokens: [{ kind: 'legacy' }] },
  { name: 'Apple', managed_by_apple: true },
];

/** The location whose content token is sent, and the error number that the scheme of an operation lists for its state. */
const STATES: readonly [location: string, number: string][] = [
  ['Unknown', '9622'],
  ['Expired', '9621'],
  ['Revoked', '9625'],
  ['Read only', '9637'],
  ['Legacy', '9647'],
  ['Apple', '9645'],
];

const needsToken = ({ scheme }: Operation): boolean => scheme.anonymous !== true;

describe('every operation of Apps and Books', () => {
  let mdm: Manager;

  before(async () => {
    mdm = await managerOf({ locations: LOCATIONS });
  });

  function tokenOf(name: string): string {
    const location = mdm.organization.content.locations.find((each) => each.name === name);
    return location === undefined
      ? Buffer.from('{"token":"unknown"}').toString('base64')
      : contentTokenFile(location.tokens[0]!, 'Acme');
  }

  const withBearer = (name: string): RequestOptions => ({
    headers: { authorization: `Bearer ${tokenOf(name)}` },
  });

  const numberOf = async (operation: Operation, options: RequestOptions): Promise<string> => {
    const [method] = operation.methods;
    return String((await mdm.send(method!, operation.path, options)).body?.errorNumber);
  };

  for (const operation of vppV2.operations.filter(needsToken)) {
    const listed = operation.scheme.errors ?? [];
    it(`${operation.name} checks the content token`, async () => {
      for (const [name, number] of STATES.filter(([, each]) => listed.includes(each))) {
        assert.equal(await numberOf(operation, withBearer(name)), number, name);
      }
      assert.equal(await numberOf(operation, {}), '9722');
      if (!listed.includes('9727')) return;
      const options: RequestOptions = { ...withBearer('Good'), raw: '{}' };
      const headers = { ...options.headers, 'content-type': 'text/plain' };
      assert.equal(await numberOf(operation, { ...options, headers }), '9727');
    });

    it(`${operation.name} returns 9646 when max_requests_per_second is exceeded`, async () => {
      const other = await managerOf({ vpp: { rate_limit: 'enforced', max_requests_per_second: 1 } });
      const [method] = operation.methods;
      await other.get('/users');
      const { body } = await other.v2(method!, operation.path.replace('/mdm/v2', ''));
      assert.equal(body.errorNumber, 9646);
    });
  }

  for (const operation of vppV1.operations.filter(needsToken)) {
    const listed = operation.scheme.errors ?? [];
    it(`${operation.name} at ${operation.path} checks the content token`, async () => {
      for (const [name, number] of STATES.filter(([, each]) => listed.includes(each))) {
        const answer = await mdm.send('POST', operation.path, { body: { sToken: tokenOf(name) } });
        assert.deepEqual(
          [answer.status, answer.body.status, answer.body.errorNumber],
          [200, -1, Number(number)],
        );
      }
      const without = await mdm.send('POST', operation.path, { body: {} });
      assert.equal(without.body.errorNumber, 9600);
    });
  }
});
