import { PROFILE } from '../scenarios/step.ts';
import type { NanodepOrganization } from './shared-nanodep.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Batches of 1,000 devices, the size that Apple recommends. */
const batches = (serials: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(serials.length / 1000) }, (_, index) =>
    serials.slice(index * 1000, (index + 1) * 1000),
  );

const { support_email_address: _, ...WITHOUT_EMAIL } = PROFILE;

interface NanodepExample {
  readonly scenario: string;
  readonly run: (organization: NanodepOrganization) => Promise<void>;
  /** Expectations that this version of nanodep does not meet. */
  readonly fails?: readonly string[];
}

/** The steps of an administrator with nanodep in each example scenario of device enrollment. */
export const NANODEP_EXAMPLES: readonly NanodepExample[] = [
  {
    scenario: 'first-day',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.request('GET', '/account');
      await mdm.request('GET', '/account');
      await mdm.sync();
      await mdm.assign(await mdm.define(PROFILE), ['C02ACME00001']);
      // nanodep sends no pushes; nanomdm does.
      await organization.push('C02ACME00001');
    },
  },
  {
    scenario: 'five-thousand-iphones',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.sync({ limit: 1000 });
      const profile = await mdm.define(PROFILE);
      for (const batch of batches(mdm.serials)) await mdm.assign(profile, batch);
    },
  },
  {
    scenario: 'token-onboarding',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.exchangeToken();
      await mdm.request('GET', '/account');
      await mdm.syncWithError();
      await mdm.exchangeToken();
      await mdm.request('GET', '/account');
      await mdm.sync();
    },
  },
  {
    scenario: 'school',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.request('GET', '/account');
      await mdm.sync();
      const { serials } = mdm;
      const shared = await mdm.define({
        ...PROFILE,
        profile_name: 'Shared iPads',
        is_multi_user: true,
        await_device_configured: true,
      });
      await mdm.assign(
        shared,
        serials.filter((serial) => serial.startsWith('DMP')),
      );
      const teachers = await mdm.define({ ...PROFILE, profile_name: 'Teachers' });
      await mdm.assign(
        teachers,
        serials.filter((serial) => !serial.startsWith('DMP')),
      );
    },
  },
  {
    scenario: 'mdm-migration',
    async run(organization) {
      const [former, next] = [await organization.mdm(0), await organization.mdm(1)];
      const moving = ['C02MOVING001', 'C02MOVING002'];
      await former.sync();
      const formerProfile = await former.define(PROFILE);
      // depsyncer uses protocol version 7, which has no deadline; callers of the proxy choose the version.
      const { body } = await next.request('POST', '/server/devices', { limit: 100 }, 10);
      const profile = await next.define(PROFILE, 10);
      await former.assign(formerProfile, [...moving, 'C02STAYING01']);
      await next.request('POST', '/devices/sync', { limit: 100, cursor: body.cursor }, 10);
      await next.assign(profile, moving, 10);
      await former.sync();
    },
  },
  {
    scenario: 'protocol-versions',
    async run(organization) {
      for (const [server, version] of [1, 2, 3, 10].entries()) {
        const mdm = await organization.mdm(server);
        await mdm.request('GET', '/account', undefined, version);
        await mdm.request('POST', '/server/devices', { limit: 100 }, version);
        await mdm.define(version === 1 ? WITHOUT_EMAIL : PROFILE, version);
      }
    },
  },
  {
    scenario: 'incidents/terms-not-signed',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.syncWithError();
      organization.advance(61 * MINUTE);
      await mdm.sync();
    },
  },
  {
    scenario: 'incidents/server-token-expired',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.request('GET', '/account');
      await mdm.syncWithError();
      organization.advance(61 * MINUTE);
      await mdm.storeToken();
      await mdm.request('GET', '/account');
      await mdm.sync();
    },
  },
  {
    scenario: 'incidents/session-rotated',
    async run(organization) {
      await (await organization.mdm()).sync();
    },
  },
  {
    scenario: 'incidents/cursor-expired',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.sync();
      await mdm.sync();
    },
  },
  {
    // https://github.com/micromdm/nanodep/issues/73
    scenario: 'incidents/stuck-cursor',
    async run(organization) {
      await (await organization.mdm()).syncCycles(20);
    },
    fails: ['stops after at most ten requests', 'sends at most three requests within a minute'],
  },
  {
    scenario: 'incidents/sync-cut-off',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.assignToNewDevices(await mdm.define(PROFILE));
      await mdm.sync();
      await mdm.syncWithError();
      await mdm.sync({ assigned: 1 });
    },
  },
  {
    scenario: 'incidents/device-moved-away',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.request('GET', '/account');
      await mdm.sync();
      const profile = await mdm.define(PROFILE);
      await mdm.assign(profile, ['C02TRAVELER']);
      await mdm.sync();
      await mdm.request('GET', '/account');
      await mdm.sync();
      // Sync reports it as modified, not as added, and depsyncer assigns only added devices.
      await mdm.assign(profile, ['C02TRAVELER']);
    },
  },
  {
    scenario: 'incidents/throttled',
    async run(organization) {
      const mdm = await organization.mdm();
      const profile = await mdm.define(PROFILE, 10);
      await mdm.assign(profile, ['C02COOLDOWN1', 'C02AVAILABLE'], 10);
      organization.advance(25 * HOUR);
      await mdm.assign(profile, ['C02COOLDOWN1'], 10);
    },
  },
  {
    scenario: 'incidents/too-many-in-one-assignment',
    async run(organization) {
      const mdm = await organization.mdm();
      const profile = await mdm.define(PROFILE);
      for (const batch of batches(mdm.serials)) await mdm.assign(profile, batch);
    },
  },
  {
    scenario: 'incidents/profile-changed',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.assign(await mdm.define(PROFILE), ['C02KEEPS0001', 'C02LEAVES001']);
      await mdm.assign(await mdm.define({ ...PROFILE, department: 'Service desk' }), ['C02KEEPS0001']);
      await mdm.request('DELETE', '/profile/devices', { devices: ['C02LEAVES001'] });
      await mdm.request('POST', '/devices', { devices: ['C02LEAVES001'] });
    },
  },
  {
    scenario: 'incidents/old-protocol-version',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.request('GET', '/account');
      await mdm.sync();
      await mdm.define(PROFILE);
    },
  },
  {
    scenario: 'incidents/enrolled-too-early',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.assignToNewDevices(await mdm.define(PROFILE));
      await mdm.sync();
      organization.advance(10 * MINUTE);
      await mdm.sync({ assigned: 1 });
    },
  },
  {
    scenario: 'incidents/outage',
    async run(organization) {
      const mdm = await organization.mdm();
      await mdm.syncWithError();
      organization.advance(61_000);
      await mdm.syncWithError();
      organization.advance(61_000);
      await mdm.sync();
    },
  },
  {
    scenario: 'incidents/user-agent-rejected',
    async run(organization) {
      await (await organization.mdm()).sync();
    },
  },
  {
    scenario: 'incidents/modified-without-added',
    async run(organization) {
      const mdm = await organization.mdm();
      const profile = await mdm.define(PROFILE);
      await mdm.sync();
      await mdm.sync();
      // depsyncer assigns only added devices; sync reports this one as modified.
      await mdm.assign(profile, ['C02MOVEDIN01']);
    },
  },
  {
    scenario: 'incidents/events-lost',
    async run(organization) {
      const mdm = await organization.mdm();
      const profile = await mdm.define(PROFILE);
      await mdm.sync();
      await mdm.sync();
      organization.advance(24 * HOUR);
      // depsyncer never fetches again while its cursor is valid: another program has to.
      await mdm.request('POST', '/server/devices', { limit: 100 });
      await mdm.assign(profile, ['C02MISSED001']);
    },
  },
];
