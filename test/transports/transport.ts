import { type Outcome, respond } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { TRANSPORT_LIMITS, type TransportLimits } from '../../src/transports/bounds.ts';
import { createExpressTransport } from '../../src/transports/express.ts';
import { tellOfRefusedHeads } from '../../src/transports/http1/refused-head.ts';
import { createHttp1Server } from '../../src/transports/http1/server.ts';
import { type Listener, openPort } from '../../src/transports/listener.ts';
import type { Receiver } from '../../src/transports/receiver.ts';
import { Wire } from './wire.ts';

export interface Told {
  readonly kind: 'handled' | 'refused' | 'abandoned' | 'notice';
  readonly request: HttpRequest;
  readonly text?: string;
}

/** An HTTP/1 transport before a receiver that answers as the test says and remembers what it was told. */
export class Transport {
  readonly told: Told[] = [];
  readonly #answer: (request: HttpRequest) => Outcome | Promise<Outcome>;
  #listener: Listener | undefined;
  #wake: () => void = () => {};

  constructor(answer: (request: HttpRequest) => Outcome | Promise<Outcome>) {
    this.#answer = answer;
  }

  async open(bounds: Partial<TransportLimits> = {}): Promise<this> {
    const all = { ...TRANSPORT_LIMITS, ...bounds };
    const receiver = this.#receiver();
    const server = createHttp1Server(createExpressTransport(receiver, all), all);
    tellOfRefusedHeads(server, receiver, 'express');
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

  /** The first thing of a kind that the receiver was told, now or later. */
  async first(kind: Told['kind']): Promise<Told> {
    for (;;) {
      const found = this.told.find((each) => each.kind === kind);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #tell(told: Told): void {
    this.told.push(told);
    this.#wake();
  }

  #receiver(): Receiver {
    return {
      beforeHandshake: () => ({ kind: 'handshake' }),
      connectionFailed: () => {},
      onConnection: () => ({ kind: 'serve' }),
      handle: (request) => {
        this.#tell({ kind: 'handled', request });
        return this.#answer(request);
      },
      refuse: (request, status, why) => {
        this.#tell({ kind: 'refused', request, text: why });
        return respond(status, {}, why);
      },
      abandon: (request, ended) => this.#tell({ kind: 'abandoned', request, text: ended }),
      notice: (request, message) => this.#tell({ kind: 'notice', request, text: message }),
    };
  }
}

/** Bytes that come one after the other until they are let go of. */
export class Source implements AsyncIterable<Uint8Array> {
  /** Settles when nobody wants any more. */
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
