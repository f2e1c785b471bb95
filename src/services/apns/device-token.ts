import type { AppleError } from '../../core/apple-error.ts';
import type { Organization } from '../../organization/organization.ts';
import type { RegistrationNumber } from '../../organization/push/registration.ts';
import { apnsError, unregistered } from './errors.ts';
import { bundleOf } from './push-headers.ts';

const HEXADECIMAL = /^(?:[0-9a-f]{2})+$/i;

const LENGTHS = {
  // Apple documents no fixed length; 32 bytes are usual, and live activities have longer tokens:
  // https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
  lenient: { shortest: 64, longest: 200 },
  strict: { shortest: 64, longest: 64 },
  any: { shortest: 2, longest: 1024 },
} as const;

/** Checks the syntax of a device token. A registered token may have any length. */
export function syntaxProblem(
  { behavior }: Organization,
  token: string,
  registration: RegistrationNumber | undefined,
): AppleError | undefined {
  const { token_syntax } = behavior.apns;
  if (registration !== undefined && token_syntax !== 'strict') return undefined;
  const { shortest, longest } = LENGTHS[token_syntax];
  if (!HEXADECIMAL.test(token)) return apnsError('BadDeviceToken', 'the device token is not hexadecimal');
  return token.length < shortest || token.length > longest
    ? apnsError('BadDeviceToken', `the device token has ${token.length / 2} bytes`)
    : undefined;
}

const isoSecond = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);

/** Checks in this order: replaced token, unregistered device, other topic; an unknown token before all of them. */
export function stateProblem(
  { push, behavior }: Organization,
  token: string,
  topic: string,
  registration: RegistrationNumber | undefined,
): AppleError | undefined {
  const { registrations } = push;
  if (registration === undefined) {
    const former = registrations.former(token);
    if (former !== undefined) {
      return unregistered(former.endedAt, `the device has another token since ${isoSecond(former.endedAt)}`);
    }
    return behavior.apns.unknown_token === 'accept'
      ? undefined
      : apnsError('BadDeviceToken', 'no device of the organization has this token');
  }
  const since = registrations.record(registration)?.unregisteredAt;
  if (since !== undefined)
    return unregistered(since, `the device is not registered since ${isoSecond(since)}`);
  const own = registrations.topic(registration);
  if (own === topic || own === bundleOf(topic)) return undefined;
  return apnsError('DeviceTokenNotForTopic', `the device token is for ${own}, not for ${topic}`);
}
