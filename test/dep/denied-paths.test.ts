import assert from 'node:assert/strict';
import { dep } from '../../src/services/dep/index.ts';
import { mdmOf } from './mdm.ts';
import { nameOfVersion, SCENARIO, VERSIONS } from './operations.ts';
import { assertRejected } from './rejected.ts';

const deniedPaths = dep.operations.filter(({ errors }) => errors.includes('ACCESS_DENIED'));

describe('calls of schools and TV providers', () => {
  it('are those of the archived reference', () => {
    assert.deepEqual(
      deniedPaths.map(({ methods, path }) => `${methods.join('+')} ${path}`),
      [
        'POST /roster/class',
        'POST /roster/class/sync',
        'POST /roster/class/person',
        'POST /roster/class/person/sync',
        'POST /roster/class/location',
        'POST /roster/class/location/sync',
        'POST /roster/course',
        'POST /roster/course/sync',
        'GET+POST /profile/tvprovider',
      ],
    );
  });

  for (const { path, methods } of deniedPaths) {
    it(`${path} answers ACCESS_DENIED, as for an organization that lacks it`, async () => {
      const mdm = await mdmOf(SCENARIO);
      for (const method of methods)
        for (const version of VERSIONS) {
          const answer = await mdm.call(method, path, { version, body: method === 'GET' ? undefined : {} });
          assertRejected(answer, 'ACCESS_DENIED', /no access/);
          assert.equal(answer.status, 403, nameOfVersion(version));
        }
    });
  }
});
