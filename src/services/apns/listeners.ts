import type { Organization } from '../../organization/organization.ts';
import type { RegistrationNumber } from '../../organization/push/registration.ts';
import type { Delivery } from '../../organization/push/send.ts';
import { presenceChanges, returnChanges } from '../../organization/push/send.ts';

const encoder = new TextEncoder();

const COMMENT = encoder.encode(': keepalive\n\n');

/** Sent first, so that the client receives the head of the response before the first event. */
const HELLO = encoder.encode(': listening\n\n');

/** One push as an event. A payload of several lines is as many `data:` lines, as server-sent events have it. */
function eventOf(payload: string): Uint8Array {
  const lines = payload.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return encoder.encode(`event: ping\n${lines.join('')}\n`);
}

/**
 * What one listener is sent, in the shape of https://github.com/fleetdm/fleet/tree/main/cmd/apple-apns-mock.
 * Only the newest unread push is kept: a push only wakes the device.
 */
export class EventStream implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  readonly #keepAlive: number;
  readonly #onEnd: (untaken: Delivery | undefined) => void;
  #waiting: ((result: IteratorResult<Uint8Array>) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next: Uint8Array | undefined = HELLO;
  #untaken: Delivery | undefined;
  #ended = false;

  /**
   * @param keepAlive real milliseconds between comments; 0 for none
   * @param onEnd called with the push that the listener did not read
   */
  constructor(keepAlive: number, onEnd: (untaken: Delivery | undefined) => void) {
    this.#keepAlive = keepAlive;
    this.#onEnd = onEnd;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  ping(delivery: Delivery): void {
    if (this.#ended) return;
    if (this.#waiting === undefined) this.#untaken = delivery;
    else this.#give({ done: false, value: eventOf(delivery.push.payload) });
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const ready = this.#ready();
    if (ready !== undefined) return Promise.resolve({ done: false, value: ready });
    return new Promise((resolve) => {
      this.#waiting = resolve;
      if (this.#keepAlive === 0) return;
      this.#timer = setTimeout(() => this.#give({ done: false, value: COMMENT }), this.#keepAlive);
    });
  }

  #ready(): Uint8Array | undefined {
    const [next, untaken] = [this.#next, this.#untaken];
    this.#next = undefined;
    if (next !== undefined || untaken === undefined) return next;
    this.#untaken = undefined;
    return eventOf(untaken.push.payload);
  }

  #give(result: IteratorResult<Uint8Array>): void {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(result);
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#give({ done: true, value: undefined });
    this.#onEnd(this.#untaken);
  }
}

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
 * A device is online while it listens, and receives its stored push. The newest connection of a device replaces the
 * one before.
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
    // A reset drops what was pushed before.
    if (untaken === undefined || startedAt !== organization.startedAt) return;
    for (const change of returnChanges(organization, untaken)) organization.apply(change);
  });
  own.set(registration, stream);
  former?.end();
  setPresence(organization, registration, true);
  return stream;
}
