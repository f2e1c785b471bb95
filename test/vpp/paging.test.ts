import assert from 'node:assert/strict';
import { type Manager, managerOf } from './manager.ts';

describe('pages of v2', () => {
  const large = (vpp: object = {}): Promise<Manager> =>
    managerOf({
      vpp: { page_size: 10, ...vpp },
      locations: [
        {
          name: 'HQ',
          assets: [{ generate: 25, total: 4 }],
          users: [{ generate: 25 }],
          assignments: [{ generate: 95 }],
        },
      ],
    });

  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  async function walk(mdm: Manager, path: string, query: Record<string, string> = {}): Promise<any[]> {
    const pages = [];
    for (let pageIndex: number | undefined = 0; pageIndex !== undefined; ) {
      const { body } = await mdm.get(path, { ...query, pageIndex });
      assert.equal(body.currentPageIndex, pageIndex);
      pages.push(body);
      pageIndex = body.nextPageIndex;
    }
    return pages;
  }

  for (const [path, member, count] of [
    ['/assets', 'assets', 25],
    ['/users', 'users', 25],
    ['/assignments', 'assignments', 95],
  ] as const) {
    it(`${path}: returns each record once, and no nextPageIndex on the last page`, async () => {
      const pages = await walk(await large(), path);
      const records = pages.flatMap((page) => page[member]).map((record) => JSON.stringify(record));
      assert.equal(new Set(records).size, count);
      assert.equal(records.length, count);
      assert.equal(new Set(pages.map(({ versionId }) => versionId)).size, 1);
      for (const page of pages) {
        assert.equal(page.totalPages, pages.length);
        assert.equal(page.size, page[member].length);
      }
    });
  }

  it('have 500 records by default', async () => {
    const mdm = await managerOf({ locations: [{ name: 'HQ', assets: [{ generate: 501 }] }] });
    const pages = await walk(mdm, '/assets');
    assert.deepEqual(
      pages.map(({ size }) => size),
      [500, 1],
    );
  });

  it('are the same for one asset', async () => {
    const mdm = await managerOf({
      vpp: { page_size: 10 },
      locations: [{ name: 'HQ', assets: [{ adam_id: 1, total: 50 }], assignments: [{ generate: 35 }] }],
    });
    const pages = await walk(mdm, '/assignments', { adamId: '1' });
    assert.deepEqual(
      pages.map(({ size }) => size),
      [10, 10, 10, 5],
    );
  });

  it('continue after a deletion, with another versionId', async () => {
    const mdm = await large();
    const first = (await mdm.get('/assignments')).body;
    const [{ adamId, serialNumber }] = first.assignments;
    await mdm.completeEvent('/assets/disassociate', { assets: [{ adamId }], serialNumbers: [serialNumber] });
    const pages = await walk(mdm, '/assignments');
    assert.equal(pages.flatMap(({ assignments }) => assignments).length, 94);
    assert.notEqual(pages[0].versionId, first.versionId);
  });

  it('change the versionId between two pages, by behavior setting', async () => {
    for (const path of ['/assets', '/users', '/assignments']) {
      const pages = await walk(await large({ version_changes_every: 2 }), path);
      assert.ok(new Set(pages.map(({ versionId }) => versionId)).size > 1, path);
    }
  });

  it('have another versionId after each kind of write', async () => {
    const mdm = await large();
    const versions = async () => {
      const of = async (path: string) => (await mdm.get(path)).body.versionId;
      return {
        assets: await of('/assets'),
        assignments: await of('/assignments'),
        users: await of('/users'),
      };
    };
    const before = await versions();
    await mdm.completeEvent('/users/create', { users: [{ clientUserId: 'new' }] });
    const withUser = await versions();
    assert.notEqual(withUser.users, before.users);
    assert.equal(withUser.assignments, before.assignments);
    await mdm.portal({ buy: { adam_id: 4711, count: 1 } });
    const withAsset = await versions();
    assert.notEqual(withAsset.assets, withUser.assets);
    assert.equal(withAsset.users, withUser.users);
  });

  it('are the same after a reset', async () => {
    const mdm = await large();
    const first = (await mdm.get('/assignments')).text;
    await mdm.completeEvent('/assets/revoke', { serialNumbers: ['S1'] });
    mdm.apple.reset(mdm.apple.tenants.default);
    assert.equal(JSON.parse(first).versionId, (await mdm.get('/assignments')).body.versionId);
  });
});
