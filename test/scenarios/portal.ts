import { shownDevice } from '../../src/control/shown-device.ts';
import type { Crabapple } from '../../src/crabapple.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import type { DeviceRef } from '../../src/organization/device-ref.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import type { Organization } from '../../src/organization/organization.ts';
import type { AppleSide, PushAddress } from './scripted-mdm.ts';

function addressOf(organization: Organization, device: DeviceRef): PushAddress {
  const { push_token, push_magic, push_topic } = shownDevice(organization, device);
  return { token: String(push_token), magic: String(push_magic), topic: String(push_topic) };
}

/** All but the requests: portal, clock and devices of a simulated Apple that is at hand. Runs in browsers too. */
export function portalOf(apple: Crabapple): Omit<AppleSide, 'url' | 'send'> {
  const { organization } = apple.tenants.default;
  return {
    async token(server) {
      // What is due in the portal by now is done.
      organization.settle();
      return currentToken(organization.enrollment.servers[server]!);
    },
    async contentToken() {
      organization.settle();
      return contentTokenFile(
        organization.content.locations[0]!.tokens.at(-1)!,
        organization.account.org_name,
      );
    },
    async advance(milliseconds) {
      organization.runtime.clock.advance(milliseconds);
    },
    async push(serial) {
      organization.settle();
      return addressOf(organization, organization.enrollment.inventory.find(serial)!);
    },
    async pushes(from, count) {
      const devices = [...organization.enrollment.inventory.all()].slice(from, from + count);
      return devices.map((device) => addressOf(organization, device));
    },
  };
}
