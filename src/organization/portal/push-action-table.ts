import type { Organization } from '../organization.ts';
import { uuidOf } from '../push/beginning.ts';
import type { PushChange } from '../push/change.ts';
import { deviceOf, type RegistrationNumber, registrationOf } from '../push/registration.ts';
import { dropping, presenceChanges } from '../push/send.ts';
import type { ActionTable } from './action.ts';
import { ActionError } from './action-error.ts';
import type { PushActions, TokenUpdate } from './push-actions.ts';

export const PUSH_ACTIONS: ActionTable<PushActions> = {
  register_push: registrations,
  rotate_push_tokens: (organization, names) =>
    named(organization, names).map((registration) => ({
      type: 'push_registered',
      registration,
      token: nextToken(organization, registration),
    })),
  rotate_push_magic: (organization, names) =>
    named(organization, names).map((registration) => ({
      type: 'push_registered',
      registration,
      token: tokenOf(organization, registration),
      magic: uuidOf(
        organization.runtime.identifiers,
        `push magic after ${organization.push.registrations.magic(registration) ?? registration}`,
      ),
    })),
  unregister_push: (organization, names) =>
    named(organization, names).flatMap((registration): PushChange[] => [
      ...dropping(organization, registration, 'unregistered'),
      { type: 'push_unregistered', registration },
    ]),
  take_offline: (organization, names) =>
    named(organization, names).flatMap((registration) => presenceChanges(organization, registration, false)),
  bring_online: (organization, names) =>
    named(organization, names).flatMap((registration) => presenceChanges(organization, registration, true)),
  revoke_push_certificate: ({ push }, { topic, fingerprint }) => [
    {
      type: 'push_certificate_revoked',
      fingerprint: fingerprint?.replaceAll(':', '').toLowerCase(),
      topic: topic ?? (fingerprint === undefined ? push.topic : undefined),
    },
  ],
  revoke_push_key: ({ push }, { key_id }) => {
    const keyId = key_id ?? push.keys.keys().next().value;
    if (keyId !== undefined && push.keys.has(keyId)) return [{ type: 'push_key_revoked', keyId }];
    throw new ActionError(
      keyId === undefined ? 'the organization has no push key' : `no push key has the id ${keyId}`,
      `the key ids are ${[...push.keys.keys()].join(', ')}`,
    );
  },
};

const tokenOf = ({ push }: Organization, registration: RegistrationNumber): string =>
  push.registrations.token(registration) ?? '';

/** The token after the one in use: derived, so that the same story tells the same tokens. */
const nextToken = (organization: Organization, registration: RegistrationNumber): string =>
  organization.runtime.identifiers.taggedHex(`push token after ${tokenOf(organization, registration)}`, 64);

/** Devices by serial number, and tokens of no device by the token itself. */
function named(organization: Organization, names: readonly string[]): readonly RegistrationNumber[] {
  const { enrollment, push } = organization;
  return [...new Set(names)].map((name) => {
    const device = enrollment.inventory.find(name);
    const registration = device === undefined ? push.registrations.find(name) : registrationOf(device);
    if (registration !== undefined) return registration;
    throw new ActionError(
      `no device has the serial number or push token ${JSON.stringify(name.slice(0, 80))}`,
      'GET /_crabapple/devices lists the devices',
    );
  });
}

function registrations(organization: Organization, updates: readonly TokenUpdate[]): readonly PushChange[] {
  const { registrations: known } = organization.push;
  const taken = new Set<string>();
  let bare = known.nextBare;
  return updates.flatMap((update): PushChange[] => {
    const token = update.push_token.toLowerCase();
    if (taken.has(token))
      throw new ActionError(`the push token ${token} is given twice`, 'a token is of one');
    taken.add(token);
    const holder = known.find(token);
    let registration = registrationFor(organization, update);
    if (registration === undefined) {
      registration = holder ?? bare;
      if (holder === undefined) bare -= 1;
    } else if (holder !== undefined && holder !== registration) {
      throw new ActionError(
        `the push token ${token} belongs to ${holderName(organization, holder)}`,
        'Apple gives every device another token',
      );
    }
    const change: PushChange = {
      type: 'push_registered',
      registration,
      token,
      magic: update.push_magic,
      topic: update.push_topic,
    };
    const renewed = known.token(registration) !== token;
    return [...(renewed ? dropping(organization, registration, 'unregistered') : []), change];
  });
}

function registrationFor(
  { enrollment }: Organization,
  { serial_number, channel }: TokenUpdate,
): RegistrationNumber | undefined {
  if (serial_number === undefined) return undefined;
  const device = enrollment.inventory.find(serial_number);
  if (device !== undefined) return registrationOf(device, channel);
  throw new ActionError(
    `no device has the serial number ${JSON.stringify(serial_number)}`,
    'GET /_crabapple/devices lists the devices; serial numbers are upper case',
  );
}

function holderName({ enrollment }: Organization, registration: RegistrationNumber): string {
  const device = deviceOf(registration);
  return device === undefined ? 'a listener' : enrollment.inventory.facts(device).serial_number;
}
