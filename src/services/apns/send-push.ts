import { AppleError } from '../../core/apple-error.ts';
import { operation } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import type { RegistrationNumber } from '../../organization/push/registration.ts';
import { type PushStorage, sendPush } from '../../organization/push/send.ts';
import { providerScheme } from './authenticate-provider.ts';
import { DEVICE_PATH } from './credentials.ts';
import { stateProblem, syntaxProblem } from './device-token.ts';
import { apnsError } from './errors.ts';
import { APNS_PAGES } from './pages.ts';
import { type Payload, readPayload } from './payload.ts';
import { isMdmTopic, readPushHeaders } from './push-headers.ts';
import { accepted, messageIdOf } from './render.ts';
import { topicOf } from './topic.ts';

/**
 * Apple does not publish the order in which it checks; ours is fixed: method and path, repeated header fields,
 * authentication, syntax of the header fields, topic, syntax of the token, payload, state of the token, rate.
 */
export const push = operation({
  name: 'apns.push',
  methods: ['POST'],
  path: `${DEVICE_PATH}{token}`,
  about: 'Sends a push to a device',
  scheme: providerScheme,
  errors: [
    'MissingDeviceToken',
    'BadMessageId',
    'BadExpirationDate',
    'BadPriority',
    'BadCollapseId',
    'InvalidPushType',
    'MissingTopic',
    'BadTopic',
    'TopicDisallowed',
    'BadDeviceToken',
    'PayloadEmpty',
    'PayloadTooLarge',
    'Unregistered',
    'DeviceTokenNotForTopic',
    'TooManyRequests',
  ],
  source: APNS_PAGES.sending,
  handler({ request, parameters, organization, caller }) {
    const { token = '' } = parameters;
    const { registrations } = organization.push;
    const headers = readPushHeaders(organization, request.headers);
    if (headers instanceof AppleError) return headers;
    const { pushType } = headers;
    const registration = registrations.find(token);
    const topic = topicOf(organization, request, caller, pushType, registration);
    if (topic instanceof AppleError) return topic;
    const malformed = syntaxProblem(organization, token, registration);
    if (malformed !== undefined) return malformed;
    const payload = readPayload(organization, request, pushType);
    if (payload instanceof AppleError) return payload;
    const rejected =
      stateProblem(organization, token, topic, registration) ?? rateProblem(organization, registration);
    if (rejected !== undefined) return rejected;
    const at = organization.runtime.clock.now();
    const expiresAt = expiryOf(organization, headers.expiration, at);
    if (expiresAt instanceof AppleError) return expiresAt;

    const apnsId = messageIdOf(organization, request, 'apns-id');
    if (registration === undefined)
      return accepted(organization, request, apnsId, 'no device of the organization has this device token');
    const wakes = wakesDevice(organization, registration, topic, payload);
    sendPush(organization, registration, { apnsId, topic, payload: payload.text, at }, { expiresAt, wakes });
    return accepted(organization, request, apnsId, advice(organization, payload, wakes));
  },
});

/**
 * The push service does not check the PushMagic. The device does, and ignores a push with another one:
 * https://developer.apple.com/documentation/devicemanagement/sending-mdm-commands-to-a-device
 */
function wakesDevice(
  { push: { registrations } }: Organization,
  registration: RegistrationNumber,
  topic: string,
  payload: Payload,
): boolean {
  if (!isMdmTopic(topic)) return true;
  const magic = registrations.magic(registration);
  return magic === undefined || magic === payload.mdm;
}

function advice({ behavior }: Organization, payload: Payload, wakes: boolean): string | undefined {
  if (!wakes) {
    return payload.mdm === undefined
      ? 'magic mismatch: the payload has no `mdm`, so that the device ignores the push'
      : 'magic mismatch: `mdm` is not the PushMagic of the device, which ignores the push';
  }
  return payload.mdm !== undefined && payload.hasAps && behavior.apns.aps_beside_mdm === 'warn'
    ? 'the payload has `aps` beside `mdm`; device management pushes have the one member'
    : undefined;
}

/** The virtual time at which the push expires; undefined if it is never stored. */
function expiryOf(
  { behavior, runtime }: Organization,
  expiration: number | undefined,
  at: number,
): PushStorage['expiresAt'] | AppleError {
  const latest = at + behavior.apns.stored_longest;
  if (expiration === undefined) return latest;
  if (expiration === 0) return undefined;
  const expiresAt = runtime.clientTimes.toVirtual(`apns-expiration ${expiration}`, expiration * 1000);
  if (expiresAt <= at && behavior.apns.past_expiration === 'BadExpirationDate') {
    return apnsError(
      'BadExpirationDate',
      `apns-expiration is ${Math.round((at - expiresAt) / 1000)} s in the past`,
    );
  }
  return Math.min(expiresAt, latest);
}

function rateProblem(
  organization: Organization,
  registration: RegistrationNumber | undefined,
): AppleError | undefined {
  const { requests_per_token } = organization.behavior.apns;
  if (requests_per_token === 0 || registration === undefined) return undefined;
  organization.apply({ type: 'push_counted', registration });
  const counted = organization.push.rates.of(registration)?.counted ?? 0;
  return counted > requests_per_token
    ? apnsError(
        'TooManyRequests',
        `${counted} pushes to one device token within a minute; ${requests_per_token} are allowed`,
      )
    : undefined;
}
