import assert from 'node:assert/strict';
import { CLOCK_CASES } from './clock-cases.ts';
import { outcomesOf } from './crabapple-control.ts';
import { skipWithoutGo } from './go-toolchain.ts';
import { NanodepFixture } from './nanodep-fixture.ts';
import { operationsOf, serialsOf } from './webhook-receiver.ts';

const MDM_SERVER = 'Orchard MDM';
const DEP_NAME = 'orchard';
const DEVICES = 270;
// Three full pages, and not Apple's default page size.
const PAGE = 90;

const scenarioWith = (clockLine: string): string => `
name: nanodep from token to disown
seed: 11
${clockLine}
organization: { org_name: Orchard School, org_type: edu }
mdm_servers:
  - server_name: ${MDM_SERVER}
  - server_name: Spare MDM
devices:
  - generate: ${DEVICES}
  - { generate: 15, mdm_server: Spare MDM }
`;

const PROFILE = {
  profile_name: 'Orchard default',
  url: 'https://mdm.orchard.example/enroll',
  org_magic: '6f1a',
  is_supervised: true,
  is_mdm_removable: false,
  skip_setup_items: ['Siri', 'Diagnostics'],
};

/** Outcomes of a depsyncer run that starts with the cursor of a sync. */
const FROM_STORED_CURSOR = ['dep.session', 'dep.devices.fetch 400 EXHAUSTED_CURSOR', 'dep.devices.sync'];

const fullFetch = (devices: number): readonly string[] => [
  ...new Array<string>(Math.ceil(devices / PAGE)).fill('dep.devices.fetch'),
  'dep.devices.sync',
];

const allOf = (serials: readonly string[], operation: string): Readonly<Record<string, string>> =>
  Object.fromEntries(serials.map((serial) => [serial, operation]));

for (const clock of CLOCK_CASES) {
  describe(`nanodep under ${clock.name}`, () => {
    let fixture: NanodepFixture;
    let profileUuid: string;
    let fetched: readonly string[];
    let broken = false;

    const proxy = (method: string, path: string, content?: object) =>
      fixture.proxy(DEP_NAME, method, path, content);
    const sync = () => fixture.sync(DEP_NAME, PAGE);
    const inventory = () => fixture.apple.control.serialsOf(MDM_SERVER);

    async function details(serial: string) {
      const { body } = await proxy('POST', '/devices', { devices: [serial] });
      return body.devices[serial];
    }

    before(async function () {
      this.timeout(300_000);
      skipWithoutGo(this, 'nanodep');
      fixture = await NanodepFixture.start(scenarioWith(clock.line));
    });

    after(async () => {
      if (fixture !== undefined) assert.equal(await fixture.stop(), 0);
    });

    // Each step depends on the previous one.
    beforeEach(function () {
      if (broken) this.skip();
    });

    afterEach(function () {
      if (this.currentTest?.state !== 'failed') return;
      broken = true;
      console.log(fixture.outputs);
    });

    it('receives a server token encrypted for its certificate', async () => {
      const exchanged = await fixture.exchangeToken(DEP_NAME, MDM_SERVER);
      assert.equal(exchanged.status, 200, exchanged.text);
      const { body } = await fixture.depserver.request('GET', `/v1/tokens/${DEP_NAME}`);
      assert.deepEqual(body, await fixture.apple.control.serverToken(MDM_SERVER));
      assert.ok(Date.parse(body.access_token_expiry) > Date.now(), body.access_token_expiry);
    });

    it('reads the account', async () => {
      await fixture.setBaseUrl(DEP_NAME);
      const { status, body } = await proxy('GET', '/account');
      assert.equal(status, 200);
      assert.equal(body.server_name, MDM_SERVER);
      assert.equal(body.org_name, 'Orchard School');
      assert.equal(body.org_type, 'edu');
      assert.deepEqual(outcomesOf(await fixture.apple.control.journal()), ['dep.session', 'dep.account']);
    });

    it('defines a profile and sets it for the assigner', async () => {
      const defined = await proxy('POST', '/profile', PROFILE);
      assert.equal(defined.status, 200, defined.text);
      profileUuid = defined.body.profile_uuid;
      const { body } = await proxy('GET', `/profile?profile_uuid=${profileUuid}`);
      for (const [member, value] of Object.entries(PROFILE)) assert.deepEqual(body[member], value, member);
      await fixture.depserver.request('PUT', `/v1/assigner/${DEP_NAME}?profile_uuid=${profileUuid}`);
      const assigner = await fixture.depserver.request('GET', `/v1/assigner/${DEP_NAME}`);
      assert.deepEqual(assigner.body, { profile_uuid: profileUuid });
    });

    it('fetches every device once, page by page', async () => {
      const run = await sync();
      assert.deepEqual(outcomesOf(run.entries), ['dep.session', ...fullFetch(DEVICES)]);
      fetched = serialsOf(run.fetched);
      assert.equal(fetched.length, DEVICES);
      assert.deepEqual(fetched, await inventory());
      assert.deepEqual(run.synced, []);
    });

    it('continues from the stored cursor after a restart, and assigns the profile to added devices', async () => {
      await fixture.apple.control.act({ add_devices: [{ generate: 3 }] });
      const added = (await inventory()).filter((serial) => !fetched.includes(serial));
      assert.equal(added.length, 3);
      const run = await sync();
      assert.deepEqual(outcomesOf(run.entries), [...FROM_STORED_CURSOR, 'dep.profile.assign']);
      assert.equal(run.entries.at(-1)!.request.method, 'PUT');
      assert.equal(run.synced.length, 3);
      assert.deepEqual(operationsOf(run.synced), allOf(added, 'added'));
      for (const serial of added) assert.equal((await details(serial)).profile_uuid, profileUuid);
      const next = await sync();
      assert.deepEqual(outcomesOf(next.entries), FROM_STORED_CURSOR);
      assert.deepEqual(operationsOf(next.synced), allOf(added, 'modified'));
    });

    it('assigns and removes a profile', async () => {
      const [kept, removed] = fetched.slice(0, 2) as [string, string];
      const assignment = { profile_uuid: profileUuid, devices: [kept, removed] };
      const assigned = await proxy('PUT', '/profile/devices', assignment);
      assert.deepEqual(assigned.body.devices, { [kept]: 'SUCCESS', [removed]: 'SUCCESS' });
      const unassigned = await proxy('DELETE', '/profile/devices', { devices: [removed] });
      assert.deepEqual(unassigned.body.devices, { [removed]: 'SUCCESS' });
      const [one, other] = [await details(kept), await details(removed)];
      assert.deepEqual([one.profile_uuid, one.profile_status], [profileUuid, 'assigned']);
      assert.deepEqual([other.profile_uuid, other.profile_status], [profileUuid, 'removed']);
      const { synced } = await sync();
      assert.deepEqual(operationsOf(synced), { [kept]: 'modified', [removed]: 'modified' });
      assert.equal(synced.findLast(({ serial_number }) => serial_number === kept)?.profile_uuid, profileUuid);
    });

    if (clock.advance !== undefined) {
      it('opens a new session and fetches all devices after UNAUTHORIZED and EXPIRED_CURSOR', async () => {
        const before = await fixture.apple.control.lastSeq();
        await fixture.apple.control.setClock({ advance: clock.advance });
        assert.equal((await proxy('GET', '/account')).status, 200);
        assert.deepEqual(outcomesOf(await fixture.apple.control.journal(before)), [
          'dep.account 401 UNAUTHORIZED',
          'dep.session',
          'dep.account',
        ]);
        const run = await sync();
        assert.deepEqual(outcomesOf(run.entries), [
          'dep.session',
          'dep.devices.fetch 400 EXHAUSTED_CURSOR',
          'dep.devices.sync 400 EXPIRED_CURSOR',
          ...fullFetch(DEVICES + 3),
        ]);
        assert.deepEqual(serialsOf(run.fetched), await inventory());
        assert.equal(run.fetched.length, DEVICES + 3);
        assert.deepEqual(run.synced, []);
      });
    }

    it('disowns a device', async () => {
      const serial = fetched.at(-1)!;
      const disowned = await proxy('POST', '/devices/disown', { devices: [serial] });
      assert.deepEqual(disowned.body, { devices: { [serial]: 'SUCCESS' } });
      assert.equal((await details(serial)).response_status, 'NOT_ACCESSIBLE');
      const { entries, synced } = await sync();
      assert.deepEqual(outcomesOf(entries), FROM_STORED_CURSOR);
      assert.deepEqual(operationsOf(synced), { [serial]: 'deleted' });
      assert.ok(!(await inventory()).includes(serial));
    });

    it('receives token_rejected with the former server token after a renewal, and works with the new one', async () => {
      const { control } = fixture.apple;
      const former = (await fixture.depserver.request('GET', `/v1/tokens/${DEP_NAME}`)).body;
      const before = await control.lastSeq();
      await control.act({ renew_server_token: true });
      const withFormer = await proxy('GET', '/account');
      assert.deepEqual([withFormer.status, withFormer.text], [502, 'token_rejected']);
      assert.deepEqual(outcomesOf(await control.journal(before)), [
        'dep.account 401 UNAUTHORIZED',
        'dep.session 403 token_rejected',
      ]);

      const { status, body, text } = await fixture.exchangeToken(DEP_NAME, MDM_SERVER);
      assert.equal(status, 200, text);
      assert.equal(body.consumer_key, former.consumer_key);
      assert.notEqual(body.access_token, former.access_token);
      assert.equal((await proxy('GET', '/account')).status, 200);
      assert.deepEqual(outcomesOf((await sync()).entries), FROM_STORED_CURSOR);

      await fixture.depserver.request('PUT', '/v1/tokens/former', former);
      await fixture.setBaseUrl('former');
      const rejected = await fixture.proxy('former', 'GET', '/account');
      assert.deepEqual([rejected.status, rejected.text], [502, 'token_rejected']);
    });

    it('is recorded in the journal with the times of this clock, and sends no unknown request', async () => {
      const entries = await fixture.apple.control.journal();
      clock.assertTimes(entries);
      assert.ok(entries.every(({ operation }) => operation !== null));
      assert.deepEqual(await fixture.apple.control.unclaimed(), []);
    });
  });
}
