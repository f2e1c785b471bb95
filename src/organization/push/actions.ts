import { ActionError, type ActionTable } from '../area.ts';
import type { Organization } from '../organization.ts';
import type { PushChange } from './change.ts';
import { uuidOf } from './initial-state.ts';
import { deviceOf, type PushChannel, type RegistrationNumber, registrationOf } from './registration.ts';
import { dropping, presenceChanges } from './send.ts';

/** A TokenUpdate check-in of a device. */
export interface TokenUpdate {
  /** Undefined: a token without a device of the inventory. */
  readonly serial_number?: string | undefined;
  /** macOS has a channel for the user beside that of the device. */
  readonly channel?: PushChannel | undefined;
  /** Hexadecimal. */
  readonly push_token: string;
  readonly push_magic?: string | undefined;
  readonly push_topic?: string | undefined;
}

export interface RevokedCertificate {
  /** All certificates of this topic; the organization's own if neither is given. */
  readonly topic?: string | undefined;
  /** SHA-256 of one certificate. */
  readonly fingerprint?: string | undefined;
}

/** Actions on push tokens, certificates and keys. Devices are named by serial number, or by push token. */
export interface PushActions {
  readonly register_push: readonly TokenUpdate[];
  readonly rotate_push_tokens: readonly string[];
  readonly rotate_push_magic: readonly string[];
  readonly unregister_push: readonly string[];
  readonly take_offline: readonly string[];
  readonly bring_online: readonly string[];
  readonly revoke_push_certificate: RevokedCertificate;
  readonly revoke_push_key: { readonly key_id?: string | undefined };
}

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

/** The next token, derived from the current one: the same actions give the same tokens. */
const nextToken = (organization: Organization, registration: RegistrationNumber): string =>
  organization.runtime.identifiers.taggedHex(`push token after ${tokenOf(organization, registration)}`, 64);

/** Registrations by serial number, or by push token if they have no device. */
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
      throw new ActionError(`the push token ${token} is given twice`, 'a token belongs to one device');
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
