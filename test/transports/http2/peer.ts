import { connect, type Socket } from 'node:net';
import { ERROR_CODE } from '../../../src/transports/http2/frames.ts';
import { FieldDecoder } from '../../../src/transports/http2/hpack/decoder.ts';
import { FLAG, fields, frame, REQUEST, TYPE } from './frames.ts';

const NAMES: Readonly<Record<number, string>> = {
  0: 'DATA',
  1: 'HEADERS',
  3: 'RST_STREAM',
  4: 'SETTINGS',
  6: 'PING',
  7: 'GOAWAY',
  8: 'WINDOW_UPDATE',
  9: 'CONTINUATION',
};

const CODES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(ERROR_CODE).map(([name, code]) => [code, name]),
);

/** A client of HTTP/2 that sends frames by hand and reads what comes as text, a line for each frame. */
export class Peer {
  readonly #socket: Socket;
  readonly #decoder = new FieldDecoder(4096, 1_000_000);
  #bytes = Buffer.alloc(0);
  #lines: string[] = [];
  #wake: () => void = () => {};
  #ended = false;

  constructor(port: number, settings: Uint8Array = Buffer.alloc(0)) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('error', () => {});
    this.#socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#read();
      this.#wake();
    });
    this.#socket.once('close', () => {
      this.#ended = true;
      this.#wake();
    });
    this.#socket.write(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'));
    this.send(frame(TYPE.settings, 0, 0, settings));
  }

  send(...frames: readonly Uint8Array[]): void {
    this.#socket.write(Buffer.concat(frames));
  }

  /** Sends a request, complete if it has no body. */
  ask(stream: number, more: Readonly<Record<string, string>> = {}, body?: string): void {
    const block = fields({ ...REQUEST, ...more });
    const flags = FLAG.endHeaders | (body === undefined ? FLAG.endStream : 0);
    this.send(frame(TYPE.headers, flags, stream, block));
    if (body !== undefined) this.send(frame(TYPE.data, FLAG.endStream, stream, Buffer.from(body)));
  }

  /** What came since the last time, up to a line that matches. */
  async until(last: RegExp): Promise<readonly string[]> {
    for (;;) {
      const found = this.#lines.findIndex((line) => last.test(line));
      if (found >= 0) return this.#lines.splice(0, found + 1);
      if (this.#ended) throw new Error(`the connection ended before ${last}:\n${this.#lines.join('\n')}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** All that comes until the connection ends. */
  async rest(): Promise<readonly string[]> {
    while (!this.#ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return this.#lines.splice(0);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(): void {
    while (this.#bytes.length >= 9) {
      const end = 9 + this.#bytes.readUIntBE(0, 3);
      if (this.#bytes.length < end) return;
      const [type, flags] = [this.#bytes[3]!, this.#bytes[4]!];
      this.#lines.push(this.#line(type, flags, this.#bytes.readUInt32BE(5), this.#bytes.subarray(9, end)));
      this.#bytes = this.#bytes.subarray(end);
    }
  }

  #line(type: number, flags: number, stream: number, payload: Buffer): string {
    const head = `${NAMES[type] ?? type} ${stream}`;
    const end = (flags & FLAG.endStream) === 0 ? '' : ' END';
    switch (type) {
      case TYPE.data:
        return `${head} ${payload.length}${end}`;
      case TYPE.headers:
        this.#decoder.decode(payload, 0, payload.length);
        return `${head} ${this.#decoder.fields.join(' ')}${end}`;
      case TYPE.reset:
        return `${head} ${CODES[payload.readUInt32BE(0)]}`;
      case TYPE.goaway:
        return `${head} last ${payload.readUInt32BE(0)} ${CODES[payload.readUInt32BE(4)]} ${payload.toString('utf8', 8)}`;
      case TYPE.windowUpdate:
        return `${head} ${payload.readUInt32BE(0)}`;
      case TYPE.ping:
        return `${head} ${payload.toString('hex')}${end === '' ? '' : ' ACK'}`;
      default:
        return `${head} ${payload.length}${end === '' ? '' : ' ACK'}`;
    }
  }
}

/** One setting of a SETTINGS frame. */
export function setting(identifier: number, value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUInt16BE(identifier, 0);
  bytes.writeUInt32BE(value, 2);
  return bytes;
}

export function windowUpdate(stream: number, increment: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(increment);
  return frame(TYPE.windowUpdate, 0, stream, bytes);
}
