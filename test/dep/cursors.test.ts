import assert from 'node:assert/strict';
import { type Mdm, mdmOf } from './mdm.ts';
import { SCENARIO, SERIAL, VERSIONS } from './operations.ts';
import { assertRejected } from './rejected.ts';

const FETCH = '/server/devices';
const SYNC = '/devices/sync';
const DAY = 24 * 60 * 60_000;

const MANY = { ...SCENARIO, devices: [{ generate: 250 }, { generate: 5, mdm_server: 'Second MDM' }] };

const fetch = (mdm: Mdm, body: object = {}) => mdm.call('POST', FETCH, { body });
const sync = (mdm: Mdm, body: object = {}) => mdm.call('POST', SYNC, { body });

/** The cursor of the end of a walk. */
async function finished(mdm: Mdm): Promise<string> {
  return (await mdm.pages(FETCH, { limit: 1000 })).at(-1)!.body.cursor;
}

const serials = (page: { body: { devices: { serial_number: string }[] } }): string[] =>
  page.body.devices.map(({ serial_number }) => serial_number);

describe('pages of POST /server/devices', () => {
  const LIMITS: readonly (readonly [limit: unknown, sizes: readonly number[]])[] = [
    [undefined, [100, 100, 50]],
    [null, [100, 100, 50]],
    [0, [100, 100, 50]],
    [100, [100, 100, 50]],
    [125, [125, 125]],
    [249, [249, 1]],
    [250, [250]],
    [1000, [250]],
    [5000, [250]],
    [Number.MAX_SAFE_INTEGER, [250]],
  ];
  for (const [limit, sizes] of LIMITS) {
    it(`with limit ${limit}: ${sizes.join(', ')}`, async () => {
      const mdm = await mdmOf(MANY);
      const pages = await mdm.pages(FETCH, { limit });
      assert.deepEqual(
        pages.map(({ body }) => body.devices.length),
        sizes,
      );
      assert.equal(new Set(pages.flatMap(serials)).size, 250);
      for (const { body } of pages) {
        assert.deepEqual(Object.keys(body), ['cursor', 'fetched_until', 'more_to_follow', 'devices']);
        assert.equal(body.fetched_until, '2026-03-02T08:00:00Z');
      }
    });
  }

  for (const limit of [-1, 1.5, '100', 1e300, true, [], {}]) {
    it(`rejects the limit ${JSON.stringify(limit)}`, async () => {
      const mdm = await mdmOf(MANY);
      assertRejected(await fetch(mdm, { limit }), 'MALFORMED_REQUEST_BODY', /limit/);
      assertRejected(await sync(mdm, { limit, cursor: 'x' }), 'MALFORMED_REQUEST_BODY', /limit/);
    });
  }

  it('is one empty page for an MDM server without devices', async () => {
    const mdm = (await mdmOf({ ...SCENARIO, devices: [] })).other(1);
    const { body } = await fetch(mdm);
    assert.deepEqual(body.devices, []);
    assert.equal(body.more_to_follow, false);
    assert.deepEqual((await sync(mdm, { cursor: body.cursor })).body.devices, []);
  });

  it('shows an MDM server its own devices alone', async () => {
    const mdm = await mdmOf(MANY);
    const own = (await mdm.pages(FETCH, {})).flatMap(serials);
    const others = (await mdm.other(1).pages(FETCH, {})).flatMap(serials);
    assert.equal(others.length, 5);
    assert.ok(others.every((serial) => !own.includes(serial)));
  });

  it('takes null and "" for no cursor, as clients send them', async () => {
    const mdm = await mdmOf(SCENARIO);
    for (const cursor of [null, '']) assert.equal((await fetch(mdm, { cursor })).body.devices.length, 2);
  });
});

describe('a cursor', () => {
  it('is unpadded base64 of colon-separated values, short, and new on each call', async () => {
    const mdm = await mdmOf(MANY);
    const pages = await mdm.pages(FETCH, { limit: 20 });
    let { cursor } = pages.at(-1)!.body;
    const cursors = pages.map(({ body }) => body.cursor as string);
    for (let call = 0; call < 5; call += 1) {
      ({ cursor } = (await sync(mdm, { cursor })).body);
      cursors.push(cursor);
    }
    assert.equal(new Set(cursors).size, cursors.length);
    for (const each of cursors) {
      assert.match(each, /^[A-Za-z0-9+/]+$/);
      assert.ok(each.length <= 128, `${each.length}`);
      assert.match(atob(each), /^[^:]+(:[^:]+)+$/);
    }
  });

  for (const version of VERSIONS) {
    it(`is verified the same whatever the version: ${version}`, async () => {
      const mdm = await mdmOf(SCENARIO);
      const cursor = await finished(mdm);
      const call = (path: string, body: object) => mdm.call('POST', path, { body, version });
      assertRejected(await call(FETCH, { cursor: 'garbage' }), 'INVALID_CURSOR', /never issued/);
      assertRejected(await call(SYNC, { cursor: 'garbage' }), 'INVALID_CURSOR', /never issued/);
      assertRejected(await call(SYNC, {}), 'CURSOR_REQUIRED', /server\/devices/);
      assertRejected(await call(FETCH, { cursor }), 'EXHAUSTED_CURSOR', /devices\/sync/);
      mdm.advance(7 * DAY + 1000);
      mdm.forgetSession();
      assertRejected(await call(SYNC, { cursor }), 'EXPIRED_CURSOR', /604801 s old/);
    });
  }

  for (const cursor of [null, '', undefined]) {
    it(`is required on sync: ${cursor}`, async () => {
      assertRejected(await sync(await mdmOf(SCENARIO), { cursor }), 'CURSOR_REQUIRED');
    });
  }

  const FOREIGN: readonly (readonly [what: string, of: (own: string) => string])[] = [
    ['no base64', () => '!!!'],
    ['base64 of something else', () => btoa('hello')],
    ['one with a changed place', (own) => btoa(atob(own).replace(/^(\d+:\d+:)\d+/, '$10'))],
    ['one with a changed time', (own) => btoa(atob(own).replace(/:\d+:([0-9A-F]+)$/, ':9999999999999:$1'))],
    ['one without its end', (own) => own.slice(0, -3)],
    ['one given twice', (own) => own + own],
    ['a hexadecimal one', () => 'deadbeef'.repeat(8)],
    ['a very long one', () => 'A'.repeat(100_000)],
    ['characters beyond Latin', () => 'курсор 🍏'],
    ['a lone surrogate', () => '\ud800'],
    ['the form of the simulator', () => btoa('1657175738-0')],
  ];
  for (const [what, of] of FOREIGN) {
    it(`that was never issued is INVALID_CURSOR on both: ${what}`, async () => {
      const mdm = await mdmOf(SCENARIO);
      const cursor = of(await finished(mdm));
      assertRejected(await fetch(mdm, { cursor }), 'INVALID_CURSOR', /never issued/);
      assertRejected(await sync(mdm, { cursor }), 'INVALID_CURSOR', /never issued/);
    });
  }

  it('of another MDM server is INVALID_CURSOR, and the reason names the MDM server', async () => {
    const mdm = await mdmOf(MANY);
    for (const cursor of [await finished(mdm), (await fetch(mdm)).body.cursor]) {
      assertRejected(await fetch(mdm.other(1), { cursor }), 'INVALID_CURSOR', /belongs to "Acme MDM"/);
      assertRejected(await sync(mdm.other(1), { cursor }), 'INVALID_CURSOR', /belongs to "Acme MDM"/);
    }
  });

  it('of another organization is INVALID_CURSOR', async () => {
    const mdm = await mdmOf(SCENARIO);
    const elsewhere = await mdmOf({ ...SCENARIO, name: 'elsewhere' });
    assertRejected(await sync(mdm, { cursor: await finished(elsewhere) }), 'INVALID_CURSOR');
  });

  it('from before a reset is INVALID_CURSOR if its events no longer exist', async () => {
    const mdm = await mdmOf(SCENARIO);
    await mdm.portal({ add_devices: [{ serial_number: 'NEW1' }] });
    const cursor = await finished(mdm);
    mdm.apple.reset(mdm.apple.tenants.default);
    mdm.forgetSession();
    assertRejected(await sync(mdm, { cursor }), 'INVALID_CURSOR', /before a reset/);
  });

  it('of sync is EXHAUSTED_CURSOR on fetch, at any age: nanodep and micromdm start with it', async () => {
    const mdm = await mdmOf(SCENARIO);
    const { cursor } = (await sync(mdm, { cursor: await finished(mdm) })).body;
    assertRejected(await fetch(mdm, { cursor }), 'EXHAUSTED_CURSOR');
    mdm.advance(30 * DAY);
    mdm.forgetSession();
    assertRejected(await fetch(mdm, { cursor }), 'EXHAUSTED_CURSOR');
  });

  it('from the middle of a walk replays its page, and expires after seven days', async () => {
    const mdm = await mdmOf(MANY);
    const { cursor } = (await fetch(mdm)).body;
    const once = await fetch(mdm, { cursor });
    const again = await fetch(mdm, { cursor });
    assert.deepEqual(serials(again), serials(once));
    assert.equal(again.body.more_to_follow, true);
    mdm.advance(7 * DAY);
    mdm.forgetSession();
    assert.equal((await fetch(mdm, { cursor })).status, 200);
    mdm.advance(1000);
    assertRejected(await fetch(mdm, { cursor }), 'EXPIRED_CURSOR');
  });

  it('from the middle of a walk makes sync start at the time of the first page', async () => {
    const mdm = await mdmOf(MANY);
    const { cursor } = (await fetch(mdm)).body;
    await mdm.portal({ add_devices: [{ serial_number: 'NEW1' }] });
    assert.deepEqual(serials(await sync(mdm, { cursor })), ['NEW1']);
  });

  it('that was used may be used again: sync returns the same devices', async () => {
    const mdm = await mdmOf(SCENARIO);
    const cursor = await finished(mdm);
    await mdm.portal({ add_devices: [{ serial_number: 'NEW1' }] });
    assert.deepEqual(serials(await sync(mdm, { cursor })), ['NEW1']);
    assert.deepEqual(serials(await sync(mdm, { cursor })), ['NEW1']);
  });

  it('outlives a session', async () => {
    const mdm = await mdmOf(SCENARIO);
    const cursor = await finished(mdm);
    mdm.advance(6 * DAY);
    mdm.forgetSession();
    assert.equal((await sync(mdm, { cursor })).status, 200);
  });

  it('of a walk during which much happened is EXPIRED_CURSOR once its changes are folded', async () => {
    const mdm = await mdmOf(MANY);
    let { cursor } = (await fetch(mdm, { limit: 10 })).body;
    await mdm.portal({ add_devices: [{ serial_number: 'NEW1' }] });
    for (let week = 0; week < 3; week += 1) {
      mdm.advance(6 * DAY);
      mdm.forgetSession();
      ({ cursor } = (await fetch(mdm, { limit: 10, cursor })).body);
    }
    for (let change = 0; change < 260; change += 1)
      await mdm.portal({ move_devices: { devices: ['NEW1'], mdm_server: 'Acme MDM' } });
    assertRejected(await sync(mdm, { cursor }), 'EXPIRED_CURSOR', /no longer kept/);
  });

  describe('in the form of the simulator', () => {
    it('pages, syncs and is rejected like any other', async () => {
      const mdm = await mdmOf({ ...MANY, behavior: { dep: { cursor_format: 'depsim' } } });
      const pages = await mdm.pages(FETCH, {});
      assert.equal(new Set(pages.flatMap(serials)).size, 250);
      for (const { body } of pages) assert.match(atob(body.cursor), /^\d{10}-\d+$/);
      const { cursor } = pages.at(-1)!.body;
      await mdm.portal({ add_devices: [{ serial_number: 'NEW1' }] });
      assert.deepEqual(serials(await sync(mdm, { cursor })), ['NEW1']);
      assertRejected(await fetch(mdm, { cursor }), 'EXHAUSTED_CURSOR');
      assertRejected(await sync(mdm, { cursor: btoa('1657175738-0') }), 'INVALID_CURSOR');
      assertRejected(await sync(mdm.other(1), { cursor }), 'INVALID_CURSOR', /Acme MDM/);
      mdm.advance(8 * DAY);
      mdm.forgetSession();
      assertRejected(await sync(mdm, { cursor }), 'EXPIRED_CURSOR');
    });
  });

  it('that is stuck comes back unchanged with more_to_follow', async () => {
    const mdm = await mdmOf({ ...SCENARIO, behavior: { dep: { cursor_stuck: true } } });
    const cursor = (await fetch(mdm)).body.cursor;
    const { body } = await sync(mdm, { cursor });
    assert.equal(body.cursor, cursor);
    assert.equal(body.more_to_follow, true);
  });
});

describe('pages of POST /devices/sync', () => {
  it('hold no more than the limit, and every event once', async () => {
    const mdm = await mdmOf(SCENARIO);
    const cursor = await finished(mdm);
    await mdm.portal({ add_devices: [{ generate: 230 }] });
    await mdm.portal({ add_devices: [{ serial_number: 'NEW1' }] });
    await mdm.portal({ remove_devices: [SERIAL] });
    const pages = await mdm.pages(SYNC, { cursor, limit: 50 });
    assert.deepEqual(
      pages.map(({ body }) => body.devices.length),
      [50, 50, 50, 50, 32],
    );
    const records = pages.flatMap(({ body }) => body.devices);
    assert.equal(new Set(records.map(({ serial_number }) => serial_number)).size, 232);
    assert.equal(records.at(-1).op_type, 'deleted');
  });

  it('come in the order in which things happened', async () => {
    const mdm = await mdmOf(SCENARIO);
    const cursor = await finished(mdm);
    for (let step = 0; step < 4; step += 1) {
      mdm.advance(1000);
      await mdm.portal({ add_devices: [{ serial_number: `NEW${step}` }] });
    }
    const pages = await mdm.pages(SYNC, { cursor, limit: 3 });
    const records = pages.flatMap(({ body }) => body.devices);
    assert.deepEqual(
      records.map(({ op_date }) => op_date),
      ['2026-03-02T08:00:01Z', '2026-03-02T08:00:02Z', '2026-03-02T08:00:03Z', '2026-03-02T08:00:04Z'],
    );
    assert.equal(pages[0]!.body.fetched_until, '2026-03-02T08:00:03Z');
    assert.equal(pages[1]!.body.fetched_until, '2026-03-02T08:00:04Z');
  });
});
