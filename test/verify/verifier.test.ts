import assert from 'node:assert/strict';
import { simulateApple } from '../../src/simulated-apple.ts';
import { PASSED } from '../../src/verify/verdict.ts';
import { Verifier } from '../../src/verify/verifier.ts';
import { exchangeOf } from './seen.ts';

describe('the verifier', () => {
  it('reports a defect of a tracker as a failed expectation, and keeps verifying the others', async () => {
    const apple = await simulateApple({ name: 'a' });
    let observed = 0;
    const expectation = (name: string, observe: () => void) => ({
      place: undefined,
      compiled: {
        name,
        expected: name,
        wants: () => true,
        start: () => ({ observe, outcome: () => PASSED }),
      },
    });
    const verifier = new Verifier(apple.tenants.default, [
      expectation('defect', () => {
        throw new TypeError('x is undefined');
      }),
      expectation('other', () => {
        observed += 1;
      }),
    ]);
    verifier.observe(exchangeOf(7, 'dep.account'));
    assert.equal(observed, 1);
    assert.deepEqual(
      verifier.suite.verdicts.map(({ name, status, reason }) => [name, status, reason]),
      [
        ['defect', 'failed', 'Crabapple could not verify exchange #7: TypeError: x is undefined'],
        ['other', 'passed', undefined],
      ],
    );
  });
});
