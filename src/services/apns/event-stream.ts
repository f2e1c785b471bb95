import type { Delivery } from '../../organization/push/send.ts';

const encoder = new TextEncoder();

const COMMENT = encoder.encode(': keepalive\n\n');

/** Gets the head of the answer on its way before there is anything to tell. */
const HELLO = encoder.encode(': listening\n\n');

/** One push as an event. A payload of several lines is as many `data:` lines, as server-sent events have it. */
function eventOf(payload: string): Uint8Array {
  const lines = payload.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return encoder.encode(`event: ping\n${lines.join('')}\n`);
}

/**
 * What one listener is sent, in the shape of https://github.com/fleetdm/fleet/tree/main/cmd/apple-apns-mock.
 * Of the pushes that it is too slow for, the newest is kept: they only say that the device shall ask.
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
   * @param onEnd is told the push that the listener was too slow for
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
