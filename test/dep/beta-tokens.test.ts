import assert from 'node:assert/strict';
import { mdmOf } from './mdm.ts';
import { SCENARIO, VERSIONS } from './operations.ts';
import { assertRejected } from './rejected.ts';

const PATH = '/os-beta-enrollment/tokens';

describe('GET /os-beta-enrollment/tokens', () => {
  it('lists made-up tokens, the same each time and under both names', async () => {
    const one = (await (await mdmOf(SCENARIO)).call('GET', PATH)).body;
    const two = (await (await mdmOf(SCENARIO)).call('GET', PATH)).body;
    assert.deepEqual(one, two);
    assert.deepEqual(one.betaEnrollmentTokens, one.seedBuildTokens);
    assert.deepEqual(
      one.betaEnrollmentTokens.map(({ os }: { os: string }) => os),
      ['iOS', 'iPadOS', 'OSX', 'tvOS'],
    );
    for (const token of one.betaEnrollmentTokens)
      assert.deepEqual(Object.keys(token), ['token', 'title', 'os']);
  });

  it('lists those of the scenario', async () => {
    const tokens = [{ token: 'T', title: 'macOS 27 beta', os: 'OSX' }];
    const mdm = await mdmOf({ ...SCENARIO, organization: { beta_tokens: tokens } });
    assert.deepEqual((await mdm.call('GET', PATH)).body.betaEnrollmentTokens, tokens);
  });

  it('answers APPLE_SEED_FOR_IT_TURNED_OFF where the organization blocks betas', async () => {
    const mdm = await mdmOf({ ...SCENARIO, organization: { beta_tokens: null } });
    for (const version of VERSIONS)
      assertRejected(await mdm.call('GET', PATH, { version }), 'APPLE_SEED_FOR_IT_TURNED_OFF', /blocks beta/);
  });
});
