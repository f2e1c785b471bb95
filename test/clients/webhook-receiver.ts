import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedDevice {
  readonly serial_number: string;
  readonly op_type?: string;
  readonly profile_uuid?: string;
  readonly profile_status?: string;
}

/** One page of devices as depsyncer hands it on. */
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

/** How long a page may be on its way. */
const BOUND = 10_000;

/** Takes what depsyncer posts to its webhook. */
export class WebhookReceiver {
  readonly #server: Server;
  #pages: ReceivedPage[] = [];
  #arrived: () => void = () => {};

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
        this.#arrived();
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

  /** Waits until so many pages are there, and takes them out. The order is the webhook's: none. */
  async take(count: number): Promise<readonly ReceivedPage[]> {
    while (this.#pages.length < count) await this.#nextPage(`${count} pages, ${this.#pages.length} came`);
    const pages = this.#pages;
    this.#pages = [];
    return pages;
  }

  #nextPage(expected: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the webhook expected ${expected}`)), BOUND);
      this.#arrived = () => {
        clearTimeout(late);
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

/** What happened to each device; of several things the last. */
export const operationsOf = (
  devices: readonly ReceivedDevice[],
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(devices.map(({ serial_number, op_type }) => [serial_number, op_type]));
