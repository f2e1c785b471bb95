import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: notifications of every form are looked into
  readonly body: any;
}

type Answer = (response: ServerResponse, received: Received) => void;

/** The endpoint of an MDM for notifications, on loopback. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #server: Server;
  readonly #scheme: string;
  #waiting: (() => void)[] = [];
  answer: Answer = (response) => response.end();

  constructor(tls?: { key: string; cert: string }) {
    const listen = (request: IncomingMessage, response: ServerResponse): void => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        const received = { path: request.url ?? '', headers: request.headers, body };
        this.received.push(received);
        for (const wake of this.#waiting.splice(0)) wake();
        this.answer(response, received);
      });
    };
    this.#scheme = tls === undefined ? 'http' : 'https';
    this.#server =
      tls === undefined ? createServer(listen) : (createTlsServer(tls, listen) as unknown as Server);
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  url(host = '127.0.0.1', path = '/notifications'): string {
    return `${this.#scheme}://${host}:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Notifications of a type, once there are so many; TEST_NOTIFICATION apart. */
  async until(count: number): Promise<readonly Received[]> {
    for (;;) {
      const real = this.received.filter(({ body }) => body.notificationType !== 'TEST_NOTIFICATION');
      if (real.length >= count) return real;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
