import { type Outcome, respond } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { createExpressTransport } from '../../src/transports/express.ts';
import { createHttp1Server, reportRejectedRequests } from '../../src/transports/http1/server.ts';
import { type Listener, openPort } from '../../src/transports/listener.ts';
import {
  type RequestReceiver,
  TRANSPORT_LIMITS,
  type TransportLimits,
} from '../../src/transports/receiver.ts';
import { Wire } from './wire.ts';

export interface Received {
  readonly kind: 'handled' | 'rejected' | 'aborted' | 'notice';
  readonly request: HttpRequest;
  readonly text?: string;
}

/** An HTTP/1 transport with a receiver that responds as the test says and records its calls. */
export class Transport {
  readonly received: Received[] = [];
  readonly #answer: (request: HttpRequest) => Outcome | Promise<Outcome>;
  #listener: Listener | undefined;
  #wake: () => void = () => {};

  constructor(answer: (request: HttpRequest) => Outcome | Promise<Outcome>) {
    this.#answer = answer;
  }

  async open(limits: Partial<TransportLimits> = {}): Promise<this> {
    const all = { ...TRANSPORT_LIMITS, ...limits };
    const receiver = this.#receiver();
    const server = createHttp1Server(createExpressTransport(receiver, all), all);
    reportRejectedRequests(server, receiver, 'express');
    this.#listener = await openPort(server, 0, '127.0.0.1');
    return this;
  }

  get port(): number {
    return this.#listener!.port;
  }

  wire(): Promise<Wire> {
    return Wire.to(this.port);
  }

  async close(): Promise<void> {
    await this.#listener?.close();
  }

  /** The first call of a kind, now or later. */
  async first(kind: Received['kind']): Promise<Received> {
    for (;;) {
      const found = this.received.find((each) => each.kind === kind);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #record(received: Received): void {
    this.received.push(received);
    this.#wake();
  }

  #receiver(): RequestReceiver {
    return {
      beforeHandshake: () => ({ kind: 'handshake' }),
      connectionFailed: () => {},
      onConnection: () => ({ kind: 'serve' }),
      handle: (request) => {
        this.#record({ kind: 'handled', request });
        return this.#answer(request);
      },
      reject: (request, status, why) => {
        this.#record({ kind: 'rejected', request, text: why });
        return respond(status, {}, why);
      },
      aborted: (request, ended) => this.#record({ kind: 'aborted', request, text: ended }),
      failed: () => {},
      notice: (request, message) => this.#record({ kind: 'notice', request, text: message }),
    };
  }
}

/** A body whose bytes the test pushes, until it is released. */
export class Source implements AsyncIterable<Uint8Array> {
  /** Resolves when the reader is gone. */
  readonly released: Promise<void>;
  #release: () => void = () => {};
  #next: (result: IteratorResult<Uint8Array>) => void = () => {};

  constructor() {
    this.released = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  push(text: string): void {
    this.#next({ done: false, value: new TextEncoder().encode(text) });
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return {
      next: () =>
        new Promise((resolve) => {
          this.#next = resolve;
        }),
      return: async () => {
        this.#release();
        this.#next({ done: true, value: undefined });
        return { done: true, value: undefined };
      },
    };
  }
}
