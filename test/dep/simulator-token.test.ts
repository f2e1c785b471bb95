import assert from 'node:assert/strict';
import { mdmOf } from './mdm.ts';
import { nameOfVersion, SCENARIO, VERSIONS } from './operations.ts';

describe('GET /token of the former simulator', () => {
  it('hands out the credentials that micromdm has built in, and they open a session', async () => {
    const mdm = await mdmOf({ ...SCENARIO, depsim: true });
    for (const version of VERSIONS) {
      const { status, body } = await mdm.send('GET', '/token', { version });
      assert.equal(status, 200, nameOfVersion(version));
      assert.deepEqual(
        Object.entries(body as Record<string, string>).map(
          ([name, value]) => `${name} ${value.slice(0, 11)}`,
        ),
        [
          'consumer_key CK_48dd68d1',
          'consumer_secret CS_34c7b2b5',
          'access_token AT_92769683',
          'access_secret AS_c31afd7a',
        ],
      );
      assert.equal((await mdm.openSession({ credentials: body })).status, 200);
    }
    assert.equal((await mdm.openSession()).status, 200);
  });

  it('is not there without `depsim: true`', async () => {
    const answer = await (await mdmOf(SCENARIO)).send('GET', '/token');
    assert.deepEqual([answer.status, answer.text], [404, '']);
    assert.match(answer.headers['x-crabapple-why'] ?? '', /depsim: true/);
  });
});
