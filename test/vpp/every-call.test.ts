import assert from 'node:assert/strict';
import type { Operation } from '../../src/engine/service.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import { vpp as vppV2 } from '../../src/services/vpp/index.ts';
import { vppV1 } from '../../src/services/vpp-v1/index.ts';
import { type Asked, type Manager, managerOf } from './manager.ts';

const LOCATIONS = [
  { name: 'Good' },
  { name: 'Expired', content_tokens: [{ expires: '2026-03-01' }] },
  { name: 'Revoked', content_tokens: [{ status: 'revoked' }] },
  { name: 'Read only', content_tokens: [{ rights: 'read_only' }] },
  { name: 'Legacy', content_tokens: [{ kind: 'legacy' }] },
  { name: 'Apple', managed_by_apple: true },
];

/** Who asks, and the number that the scheme of a call lists for it. */
const STATES: readonly [who: string, number: string][] = [
  ['nobody', '9622'],
  ['Expired', '9621'],
  ['Revoked', '9625'],
  ['Read only', '9637'],
  ['Legacy', '9647'],
  ['Apple', '9645'],
];

const asking = ({ scheme }: Operation): boolean => scheme.anonymous !== true;

describe('every call of Apps and Books', () => {
  let mdm: Manager;

  before(async () => {
    mdm = await managerOf({ locations: LOCATIONS });
  });

  function tokenOf(who: string): string {
    const location = mdm.organization.content.locations.find(({ name }) => name === who);
    return location === undefined
      ? Buffer.from('{"token":"nobody"}').toString('base64')
      : contentTokenFile(location.tokens[0]!, 'Acme');
  }

  const withBearer = (who: string): Asked => ({ headers: { authorization: `Bearer ${tokenOf(who)}` } });

  const numberOf = async (operation: Operation, asked: Asked): Promise<string> => {
    const [method] = operation.methods;
    return String((await mdm.send(method!, operation.path, asked)).body?.errorNumber);
  };

  for (const operation of vppV2.operations.filter(asking)) {
    const listed = operation.scheme.errors ?? [];
    it(`${operation.name} looks at the content token`, async () => {
      for (const [who, number] of STATES.filter(([, each]) => listed.includes(each))) {
        assert.equal(await numberOf(operation, withBearer(who)), number, who);
      }
      assert.equal(await numberOf(operation, {}), '9722');
      if (!listed.includes('9727')) return;
      const asked: Asked = { ...withBearer('Good'), raw: '{}' };
      const headers = { ...asked.headers, 'content-type': 'text/plain' };
      assert.equal(await numberOf(operation, { ...asked, headers }), '9727');
    });

    it(`${operation.name} meets the limit of requests`, async () => {
      const other = await managerOf({ vpp: { rate_limit: 'enforced', max_requests_per_second: 1 } });
      const [method] = operation.methods;
      await other.get('/users');
      const { body } = await other.v2(method!, operation.path.replace('/mdm/v2', ''));
      assert.equal(body.errorNumber, 9646);
    });
  }

  for (const operation of vppV1.operations.filter(asking)) {
    const listed = operation.scheme.errors ?? [];
    it(`${operation.name} at ${operation.path} looks at the content token`, async () => {
      for (const [who, number] of STATES.filter(([, each]) => listed.includes(each))) {
        const answer = await mdm.send('POST', operation.path, { body: { sToken: tokenOf(who) } });
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
