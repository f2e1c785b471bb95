import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedDevice {
  readonly serial_number: string;
  readonly op_type?: string;
  readonly profile_uuid?: string;
  readonly profile_status?: string;
}

/** One page of devices that depsyncer posted. */
export interface ReceivedPage {
  readonly topic: string;
  readonly devices: readonly ReceivedDevice[];
}

interface WebhookEvent {
  readonly topic: string;
  readonly device_response_event: {
    readonly device_response: { readonly devices?: readonly ReceivedDevice[] };
  };
}

/** Milliseconds to wait for a page. */
const TIMEOUT = 10_000;

/** Receives the webhook requests of depsyncer. */
export class WebhookReceiver {
  readonly #server: Server;
  #pages: ReceivedPage[] = [];
  #onPage: () => void = () => {};

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { topic, device_response_event } = JSON.parse(
          Buffer.concat(chunks).toString('utf8'),
        ) as WebhookEvent;
        this.#pages.push({ topic, devices: device_response_event.device_response.devices ?? [] });
        response.end();
        this.#onPage();
      });
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Waits for `count` pages and removes them. They are in no particular order. */
  async take(count: number): Promise<readonly ReceivedPage[]> {
    while (this.#pages.length < count) await this.#nextPage(`${count} pages, received ${this.#pages.length}`);
    const pages = this.#pages;
    this.#pages = [];
    return pages;
  }

  #nextPage(expected: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the webhook expected ${expected}`)), TIMEOUT);
      this.#onPage = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export const serialsOf = (devices: readonly ReceivedDevice[]): readonly string[] =>
  devices.map(({ serial_number }) => serial_number).sort();

/** The last op_type of each device. */
export const operationsOf = (
  devices: readonly ReceivedDevice[],
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(devices.map(({ serial_number, op_type }) => [serial_number, op_type]));
