import { PROFILE } from '../scenarios/step.ts';
import type { NanodepOrganization } from './nanodep-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Portions of a thousand, as Apple advises. */
const portions = (serials: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(serials.length / 1000) }, (_, index) =>
    serials.slice(index * 1000, (index + 1) * 1000),
  );

const { support_email_address: _, ...WITHOUT_ADDRESS } = PROFILE;

interface NanodepExample {
  readonly scenario: string;
  readonly play: (organization: NanodepOrganization) => Promise<void>;
  /** Expectations that this version of nanodep does not meet. */
  readonly fails?: readonly string[];
}

/** How an administrator who works with nanodep goes through each example scenario. */
export const NANODEP_EXAMPLES: readonly NanodepExample[] = [
  {
    scenario: 'first-day',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.ask('GET', '/account');
      await mdm.ask('GET', '/account');
      await mdm.sync();
      await mdm.assign(await mdm.define(PROFILE), ['C02ACME00001']);
      // nanodep does not push; nanomdm, beside which it runs, does.
      await organization.push('C02ACME00001');
    },
  },
  {
    scenario: 'five-thousand-iphones',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.sync({ limit: 1000 });
      const profile = await mdm.define(PROFILE);
      for (const portion of portions(mdm.serials)) await mdm.assign(profile, portion);
    },
  },
  {
    scenario: 'token-onboarding',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.exchangeToken();
      await mdm.ask('GET', '/account');
      await mdm.syncInVain();
      await mdm.exchangeToken();
      await mdm.ask('GET', '/account');
      await mdm.sync();
    },
  },
  {
    scenario: 'school',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.ask('GET', '/account');
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
    async play(organization) {
      const [old, next] = [await organization.mdm(0), await organization.mdm(1)];
      const moving = ['C02MOVING001', 'C02MOVING002'];
      await old.sync();
      const former = await old.define(PROFILE);
      // depsyncer asks in version 7, which has no deadline; callers of the proxy say which they want.
      const { body } = await next.ask('POST', '/server/devices', { limit: 100 }, 10);
      const profile = await next.define(PROFILE, 10);
      await old.assign(former, [...moving, 'C02STAYING01']);
      await next.ask('POST', '/devices/sync', { limit: 100, cursor: body.cursor }, 10);
      await next.assign(profile, moving, 10);
      await old.sync();
    },
  },
  {
    scenario: 'protocol-versions',
    async play(organization) {
      for (const [server, version] of [1, 2, 3, 10].entries()) {
        const mdm = await organization.mdm(server);
        await mdm.ask('GET', '/account', undefined, version);
        await mdm.ask('POST', '/server/devices', { limit: 100 }, version);
        await mdm.define(version === 1 ? WITHOUT_ADDRESS : PROFILE, version);
      }
    },
  },
  {
    scenario: 'incidents/terms-not-signed',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.syncInVain();
      organization.pass(61 * MINUTE);
      await mdm.sync();
    },
  },
  {
    scenario: 'incidents/server-token-expired',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.ask('GET', '/account');
      await mdm.syncInVain();
      organization.pass(61 * MINUTE);
      await mdm.takeToken();
      await mdm.ask('GET', '/account');
      await mdm.sync();
    },
  },
  {
    scenario: 'incidents/session-rotated',
    async play(organization) {
      await (await organization.mdm()).sync();
    },
  },
  {
    scenario: 'incidents/cursor-expired',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.sync();
      await mdm.sync();
    },
  },
  {
    // https://github.com/micromdm/nanodep/issues/73
    scenario: 'incidents/stuck-cursor',
    async play(organization) {
      await (await organization.mdm()).syncRoundAndRound(20);
    },
    fails: ['stops after at most ten requests', 'sends at most three requests within a minute'],
  },
  {
    scenario: 'incidents/sync-cut-off',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.assignNew(await mdm.define(PROFILE));
      await mdm.sync();
      await mdm.syncInVain();
      await mdm.sync({ assigned: 1 });
    },
  },
  {
    scenario: 'incidents/device-moved-away',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.ask('GET', '/account');
      await mdm.sync();
      const profile = await mdm.define(PROFILE);
      await mdm.assign(profile, ['C02TRAVELER']);
      await mdm.sync();
      await mdm.ask('GET', '/account');
      await mdm.sync();
      // It is told as modified, not as added, and depsyncer assigns the added ones alone.
      await mdm.assign(profile, ['C02TRAVELER']);
    },
  },
  {
    scenario: 'incidents/throttled',
    async play(organization) {
      const mdm = await organization.mdm();
      const profile = await mdm.define(PROFILE, 10);
      await mdm.assign(profile, ['C02COOLDOWN1', 'C02AVAILABLE'], 10);
      organization.pass(25 * HOUR);
      await mdm.assign(profile, ['C02COOLDOWN1'], 10);
    },
  },
  {
    scenario: 'incidents/too-many-in-one-assignment',
    async play(organization) {
      const mdm = await organization.mdm();
      const profile = await mdm.define(PROFILE);
      for (const portion of portions(mdm.serials)) await mdm.assign(profile, portion);
    },
  },
  {
    scenario: 'incidents/profile-changed',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.assign(await mdm.define(PROFILE), ['C02KEEPS0001', 'C02LEAVES001']);
      await mdm.assign(await mdm.define({ ...PROFILE, department: 'Service desk' }), ['C02KEEPS0001']);
      await mdm.ask('DELETE', '/profile/devices', { devices: ['C02LEAVES001'] });
      await mdm.ask('POST', '/devices', { devices: ['C02LEAVES001'] });
    },
  },
  {
    scenario: 'incidents/old-protocol-version',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.ask('GET', '/account');
      await mdm.sync();
      await mdm.define(PROFILE);
    },
  },
  {
    scenario: 'incidents/enrolled-too-early',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.assignNew(await mdm.define(PROFILE));
      await mdm.sync();
      organization.pass(10 * MINUTE);
      await mdm.sync({ assigned: 1 });
    },
  },
  {
    scenario: 'incidents/outage',
    async play(organization) {
      const mdm = await organization.mdm();
      await mdm.syncInVain();
      organization.pass(61_000);
      await mdm.syncInVain();
      organization.pass(61_000);
      await mdm.sync();
    },
  },
  {
    scenario: 'incidents/user-agent-rejected',
    async play(organization) {
      await (await organization.mdm()).sync();
    },
  },
  {
    scenario: 'incidents/modified-without-added',
    async play(organization) {
      const mdm = await organization.mdm();
      const profile = await mdm.define(PROFILE);
      await mdm.sync();
      await mdm.sync();
      // depsyncer assigns the added ones alone, and this one is told as modified.
      await mdm.assign(profile, ['C02MOVEDIN01']);
    },
  },
  {
    scenario: 'incidents/events-lost',
    async play(organization) {
      const mdm = await organization.mdm();
      const profile = await mdm.define(PROFILE);
      await mdm.sync();
      await mdm.sync();
      organization.pass(24 * HOUR);
      // depsyncer goes on from its cursor for ever; a walk through all devices is somebody else's.
      await mdm.ask('POST', '/server/devices', { limit: 100 });
      await mdm.assign(profile, ['C02MISSED001']);
    },
  },
];
