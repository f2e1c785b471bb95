import type { HeaderFields } from '../core/request.ts';
import type { Organization } from '../organization/organization.ts';
import { deviceOf } from '../organization/push/registration.ts';
import { deviceTokenOf } from '../services/apns/endpoints.ts';
import type { Domain, Owner } from './matching/exchange-view.ts';

const CONSUMER_KEY = /oauth_consumer_key="?([^",\s]+)/;

/** The MDM server whose session or consumer key a request carries. */
function senderOf({ enrollment }: Organization, headers: HeaderFields): string | undefined {
  const session = headers['x-adm-auth-session'];
  const key = session === undefined ? CONSUMER_KEY.exec(headers.authorization ?? '')?.[1] : undefined;
  return enrollment.servers.find(({ sessions, tokens }) =>
    session === undefined ? tokens.some((token) => token.consumer_key === key) : sessions.has(session),
  )?.serverName;
}

/** The facts of an organization at the time when a matcher reads them. */
export function domainOf(organization: Organization, headers: HeaderFields): Domain {
  let sender: { readonly server: string | undefined } | undefined;
  const nameOf = (server: number): Owner => organization.enrollment.servers[server]?.serverName ?? null;
  return {
    ownerOfDevice(serialNumber) {
      const { inventory } = organization.enrollment;
      const device = inventory.find(serialNumber);
      return device === undefined ? undefined : nameOf(inventory.serverOf(device));
    },
    ownerOfProfile(profileUuid) {
      const stored = organization.enrollment.profiles.find(profileUuid, 'lenient');
      return stored === undefined ? undefined : nameOf(stored.server);
    },
    get mdmServer() {
      sender ??= { server: senderOf(organization, headers) };
      return sender.server;
    },
    pushedDevice(path) {
      const { registrations } = organization.push;
      const registration = registrations.find(deviceTokenOf(path) ?? '');
      const device = registration === undefined ? undefined : deviceOf(registration);
      const pushMagic = registration === undefined ? undefined : registrations.magic(registration);
      if (device === undefined || pushMagic === undefined) return undefined;
      return { serialNumber: organization.enrollment.inventory.facts(device).serial_number, pushMagic };
    },
  };
}
