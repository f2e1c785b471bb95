import assert from 'node:assert/strict';
import fc from 'fast-check';
import { APP, BOOK, HEADQUARTERS, type Manager, managerOf, SCARCE, USER_ONLY } from './manager.ts';

const some = <Item>(...items: readonly Item[]) => fc.uniqueArray(fc.constantFrom(...items), { maxLength: 4 });

const assets = some(APP, SCARCE, BOOK, USER_ONLY, 'unknown').map((ids) => ids.map((adamId) => ({ adamId })));
const clientUserIds = some('anna', 'ben', 'carl', 'dora', 'unknown');
const serialNumbers = some('S1', 'S2', 'S3', 'S4');

const step = fc.oneof(
  fc.record({
    path: fc.constantFrom('/assets/associate', '/assets/disassociate'),
    body: fc.record({ assets, clientUserIds, serialNumbers }),
  }),
  fc.record({ path: fc.constant('/assets/revoke'), body: fc.record({ clientUserIds, serialNumbers }) }),
  fc.record({
    path: fc.constantFrom('/users/create', '/users/update', '/users/retire'),
    body: fc.record({
      users: clientUserIds.map((ids) =>
        ids.map((clientUserId) => ({ clientUserId, managedAppleId: `${clientUserId}@acme.example` })),
      ),
    }),
  }),
  fc.record({
    portal: fc.constantFrom(
      { buy: { adam_id: SCARCE, count: 1 } },
      { refund: { adam_id: APP, count: 1 } },
      { accept_invitation: { client_user_id: 'anna' } },
      { retire_user: { client_user_id: 'ben' } },
    ),
  }),
  fc.record({
    v1: fc.record({
      adamIdStr: fc.constantFrom(APP, SCARCE, BOOK, USER_ONLY),
      associateSerialNumbers: serialNumbers,
      disassociateClientUserIdStrs: clientUserIds,
    }),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function take(mdm: Manager, taken: Step): Promise<void> {
  if ('portal' in taken) await mdm.portal(taken.portal).catch(() => {});
  else if ('v1' in taken) await mdm.v1('manageVPPLicensesByAdamIdSrv', taken.v1);
  else await mdm.post(taken.path, taken.body);
  mdm.advance(2000);
}

interface Assignment {
  readonly adamId: string;
  readonly clientUserId?: string;
  readonly serialNumber?: string;
}

const key = ({ adamId, clientUserId, serialNumber }: Assignment): string =>
  `${adamId} ${clientUserId ?? ''} ${serialNumber ?? ''}`;

async function assertConsistent(mdm: Manager): Promise<void> {
  const owned = (await mdm.get('/assets')).body.assets;
  const assignments: Assignment[] = (await mdm.get('/assignments')).body.assignments;
  const keys = assignments.map(key);
  assert.equal(new Set(keys).size, keys.length, 'an assignment occurs twice');
  for (const { adamId, totalCount, availableCount, assignedCount } of owned) {
    assert.equal(totalCount, availableCount + assignedCount, adamId);
    assert.ok(availableCount >= 0, adamId);
    assert.equal(assignments.filter((each) => each.adamId === adamId).length, assignedCount, adamId);
  }
  const legacy = (await mdm.v1('getAssignments')).body.assignments.map(
    ({ adamIdStr, clientUserIdStr, serialNumber }: Record<string, string>) =>
      key({
        adamId: adamIdStr!,
        ...(clientUserIdStr && { clientUserId: clientUserIdStr }),
        ...(serialNumber && { serialNumber }),
      }),
  );
  assert.deepEqual(legacy.sort(), [...keys].sort(), 'v1 and v2 disagree');
  const counted = (await mdm.v1('getVPPAssetsSrv', { includeLicenseCounts: true })).body.assets;
  for (const [index, asset] of owned.entries()) {
    assert.equal(counted[index].assignedCount, asset.assignedCount);
    assert.equal(counted[index].availableCount, asset.availableCount);
  }
  const { licenses } = (await mdm.v1('getVPPLicensesSrv')).body;
  const licenseIds = licenses.map(({ licenseIdStr }: Record<string, string>) => licenseIdStr);
  assert.equal(new Set(licenseIds).size, licenseIds.length, 'a license occurs twice');
  const total = owned.reduce((sum: number, { totalCount }: { totalCount: number }) => sum + totalCount, 0);
  assert.equal(licenses.length, total);
  const byTarget = (await mdm.get('/assignments', { serialNumber: 'S1' })).body.assignments.map(key);
  assert.deepEqual(byTarget.sort(), keys.filter((each) => each.endsWith(' S1')).sort());
}

describe('any sequence of requests', () => {
  it('keeps counts consistent and assignments unique, with the same result in v1 and v2', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const mdm = await managerOf({ locations: [HEADQUARTERS] });
        for (const each of steps) await take(mdm, each);
        await assertConsistent(mdm);
        mdm.listening.close();
        mdm.listening.closeAllConnections();
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});
