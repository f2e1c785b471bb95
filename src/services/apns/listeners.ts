import type { Organization } from '../../organization/organization.ts';
import type { RegistrationNumber } from '../../organization/push/registration.ts';
import { presenceChanges, returnChanges } from '../../organization/push/send.ts';
import { EventStream } from './event-stream.ts';

/** The streams of an organization's devices. */
const streams = new WeakMap<Organization, Map<RegistrationNumber, EventStream>>();

export const MOST_LISTENERS = 200_000;

function streamsOf(organization: Organization): Map<RegistrationNumber, EventStream> {
  let own = streams.get(organization);
  if (own === undefined) {
    own = new Map();
    streams.set(organization, own);
  }
  return own;
}

export const listenerCount = (organization: Organization): number => streams.get(organization)?.size ?? 0;

function setPresence(organization: Organization, registration: RegistrationNumber, online: boolean): void {
  for (const change of presenceChanges(organization, registration, online)) organization.apply(change);
}

/**
 * A device listens: it is online as long as it does, and gets what waits for it. The newest connection of a device
 * wins, as with a real one that connects again.
 */
export function listen(organization: Organization, registration: RegistrationNumber): EventStream {
  const own = streamsOf(organization);
  const former = own.get(registration);
  let { startedAt } = organization;
  const stop = organization.deliveries.listen(registration, (delivery) => {
    startedAt = organization.startedAt;
    stream.ping(delivery);
  });
  const stream = new EventStream(organization.behavior.apns.listener_keep_alive, (untaken) => {
    stop();
    const newest = own.get(registration);
    if (newest !== stream) {
      if (untaken !== undefined && startedAt === organization.startedAt) newest?.ping(untaken);
      return;
    }
    own.delete(registration);
    setPresence(organization, registration, false);
    // What was pushed before a reset is forgotten with it.
    if (untaken === undefined || startedAt !== organization.startedAt) return;
    for (const change of returnChanges(organization, untaken)) organization.apply(change);
  });
  own.set(registration, stream);
  former?.end();
  setPresence(organization, registration, true);
  return stream;
}
