import { AppleError } from '../../core/apple-error.ts';
import { respond } from '../../core/outcome.ts';
import { queryValues } from '../../core/request.ts';
import { type AuthenticationScheme, operation } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import type { RegistrationNumber } from '../../organization/push/registration.ts';
import { credentialOfDevice } from './authenticate-provider.ts';
import { apnsError, unregistered } from './errors.ts';
import { listen, listenerCount, MOST_LISTENERS } from './listeners.ts';
import { APNS_THREADS } from './pages.ts';

/** A client that knows a device token may listen as that device. */
const listenerScheme: AuthenticationScheme<string, string> = {
  name: 'listener',
  anonymous: true,
  read: (request) => queryValues(request, 'token')[0] ?? '',
  credential: credentialOfDevice,
  authenticate: (_, __, token) => token,
};

export const events = operation({
  name: 'apns.events',
  methods: ['GET'],
  path: '/events',
  about: 'Listens for pushes as a device, over server-sent events',
  scheme: listenerScheme,
  errors: ['MissingDeviceToken', 'BadDeviceToken', 'Unregistered', 'ServiceUnavailable'],
  source: APNS_THREADS.listeners,
  handler({ organization, caller: token }) {
    const registration = registrationFor(organization, token);
    if (registration instanceof AppleError) return registration;
    if (listenerCount(organization) >= MOST_LISTENERS)
      return apnsError('ServiceUnavailable', `${MOST_LISTENERS} devices listen already`);
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };
    return respond(200, headers, listen(organization, registration));
  },
});

const MOST_REGISTERED = 1_000_000;

/** Longer tokens do not fit into the path of a push. */
const TOKEN = /^(?:[0-9a-f]{2}){1,512}$/i;

/** Simulated devices choose their own tokens; the first connection registers the token. */
function registrationFor(organization: Organization, token: string): RegistrationNumber | AppleError {
  if (token === '') return apnsError('MissingDeviceToken', 'the query has no token');
  if (!TOKEN.test(token)) return apnsError('BadDeviceToken', 'the token is not hexadecimal, or too long');
  const { registrations } = organization.push;
  const registration = registrations.find(token);
  if (registration !== undefined) {
    const since = registrations.record(registration)?.unregisteredAt;
    return since === undefined
      ? registration
      : unregistered(since, 'the device is not registered any longer');
  }
  const former = registrations.former(token);
  if (former !== undefined) return unregistered(former.endedAt, 'the device has another token now');
  if (organization.behavior.apns.unknown_listener === 'BadDeviceToken')
    return apnsError('BadDeviceToken', 'no device of the organization has this token');
  const number = registrations.nextBare;
  if (-number > MOST_REGISTERED)
    return apnsError('ServiceUnavailable', `${MOST_REGISTERED} tokens are registered already`);
  organization.apply({ type: 'push_registered', registration: number, token });
  return number;
}
