import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import { simulateApple } from '../../src/simulated-apple.ts';
import { requestOf } from '../dep/requests.ts';

const scenario = (undeclared: 'fail' | 'warn') => `
name: What licenses send to Apple
locations: [{ name: HQ, assets: [{ adam_id: 1001 }] }]
expect:
  - data_sent: { declaration: declarations/intune.yaml, undeclared: ${undeclared}, unseen: ignore }
`;

/** Rows of the published table on Apps and Books: https://learn.microsoft.com/intune */
describe('what an MDM sends for licenses', () => {
  const readText = (path: string) => readFile(path, 'utf8');

  async function dataSent(undeclared: 'fail' | 'warn', users: object[], v1: Record<string, unknown>) {
    const apple = await simulateApple(
      scenario(undeclared),
      {},
      { file: 'scenarios/data-sent.yaml', readFile: readText },
    );
    const { organization } = apple.tenants.default;
    const sToken = contentTokenFile(organization.content.locations[0]!.tokens[0]!, 'Acme');
    const post = (path: string, body: object) =>
      apple.handle(
        requestOf('POST', path, {
          headers: { authorization: `Bearer ${sToken}`, 'content-type': 'application/json' },
          body: new TextEncoder().encode(JSON.stringify(body)),
        }),
      );
    await post('/mdm/v2/users/create', { users });
    await post('/mdm/v2/assets/associate', { assets: [{ adamId: '1001' }], serialNumbers: ['C02ACME0001'] });
    await post('/mdm/registerVPPUserSrv', { sToken, ...v1 });
    const { dataSent, verdicts } = apple.verify().suites[0]!;
    return { rows: dataSent[0]!.rows, verdict: verdicts[0]! };
  }

  it('is reported by row: clientUserId, managedAppleId, serialNumber', async () => {
    const { rows, verdict } = await dataSent(
      'warn',
      [{ clientUserId: '8c5b1a0e', managedAppleId: 'anna@acme.example' }],
      { clientUserIdStr: '9d6c2b1f' },
    );
    const seen = rows.filter(({ sent }) => sent > 0).map(({ row, sent }) => [String(row), sent]);
    assert.deepEqual(seen, [
      ['25', 2],
      ['26', 1],
      ['27', 1],
    ]);
    assert.equal(verdict.status, 'passed', verdict.reason);
  });

  it('is reported as undeclared: an e-mail address without a row in the declaration', async () => {
    const { verdict } = await dataSent('fail', [{ clientUserId: '8c5b1a0e', email: 'anna@acme.example' }], {
      clientUserIdStr: '9d6c2b1f',
    });
    assert.equal(verdict.status, 'failed');
    assert.match(verdict.reason ?? '', /email/);
  });
});
