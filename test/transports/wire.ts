import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A bare connection, for requests that no client library would send. */
export class Wire {
  readonly #socket: Socket;
  readonly #closed: Promise<unknown>;
  #received = '';
  #error: NodeJS.ErrnoException | undefined;
  #wake: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text;
      this.#wake();
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    this.#closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.once('close', () => this.#wake());
  }

  static async to(port: number): Promise<Wire> {
    // Half-open, so that the end of what the server sends is not the end of what we may.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return new Wire(socket);
  }

  /** Lines end in CRLF on the wire. */
  send(...lines: readonly string[]): this {
    this.#socket.write(lines.join('\r\n'), 'latin1');
    return this;
  }

  /** Everything received so far, once a pattern is in it. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received)) {
      if (this.#socket.destroyed)
        throw new Error(`closed before ${pattern}: ${JSON.stringify(this.#received)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#received;
  }

  /** Everything received until the server ended the connection, and how it did. */
  async ended(): Promise<{ readonly text: string; readonly error: string | undefined }> {
    if (!this.#socket.readableEnded) {
      const end = new Promise<void>((resolve) => this.#socket.once('end', () => resolve()));
      await Promise.race([this.#closed, end]);
    }
    this.#socket.destroy();
    await this.#closed;
    return { text: this.#received, error: this.#error?.code };
  }

  /** Says that nothing more is sent, and goes on listening. */
  finish(): this {
    this.#socket.end();
    return this;
  }

  async hangUp(): Promise<void> {
    this.#socket.destroy();
    await this.#closed;
  }
}
