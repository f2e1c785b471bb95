import {
  constants,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { Connection, ConnectionEffect, Serve } from '../../http/connection.ts';
import { debugData } from './debug-data.ts';
import { headerListSize, type PseudoFields, requestHead } from './request-head.ts';
import type { SessionSurroundings, StreamOwner } from './stream-owner.ts';
import { StreamRequest } from './stream-request.ts';
import { renewStreamTable, STREAMS_PER_TABLE } from './stream-table.ts';

const { NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = constants;

// As Apple's server announces them: https://github.com/jchambers/pushy/issues/878.
const SETTINGS = {
  headerTableSize: 4096,
  initialWindowSize: 65_535,
  maxFrameSize: 16_384,
  maxHeaderListSize: 8000,
};
const MOST_STREAMS = 1000;

/** Of bodies that are not complete yet, all streams of a connection together: so many times the largest body. */
const MOST_HELD_BODIES = 4;

/** How long a peer that was told to go has for it, in real milliseconds. */
export const LEAVING = 1000;

const END_STREAM = 0x01;

/**
 * What GOAWAY names as the last stream. One below a stream that is open would have nghttp2 close that one, and Node
 * v20 corrupts its memory over it.
 */
const EVERY_STREAM = 2 ** 31 - 1;

/** One connection that speaks HTTP/2. */
export class Session implements StreamOwner {
  readonly connection: Connection;
  readonly surroundings: SessionSurroundings;
  readonly #socket: Socket;
  readonly #session: ServerHttp2Session;
  readonly #entrance: { readonly door: string; readonly connection: Connection };
  #streamLimit: number;
  readonly #largestHeaderList: number | undefined;
  readonly #idle: number | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #open = 0;
  #begun = 0;
  #held = 0;
  /** Senders say the same to many devices: what they repeat is kept once. */
  #lastBody: Buffer | undefined;
  #leaving = false;

  constructor(
    socket: Socket,
    connection: Connection,
    surroundings: SessionSurroundings,
    { maxConcurrentStreams = MOST_STREAMS, settings, largestHeaderList, idle }: Serve,
  ) {
    this.connection = connection;
    this.surroundings = surroundings;
    this.#socket = socket;
    this.#entrance = { door: 'http2', connection };
    this.#streamLimit = maxConcurrentStreams;
    this.#largestHeaderList = largestHeaderList;
    this.#idle = idle;
    this.#session = performServerHandshake(socket, {
      settings: { ...SETTINGS, ...settings, maxConcurrentStreams },
    });
    // A connection that breaks is the peer's affair: its streams are told by their own `close`.
    this.#session.on('error', () => {});
    this.#session.on('stream', (stream, pseudo, flags, ...[raw]: unknown[]) =>
      this.#begin(stream, pseudo, flags, raw as readonly string[]),
    );
    this.#closeWhereSilent();
    this.#session.once('close', () => clearTimeout(this.#idleTimer));
    this.#waitIdle();
  }

  #closeWhereSilent(): void {
    const timer = setTimeout(() => this.#socket.destroy(), this.surroundings.bounds.head);
    this.#session.once('remoteSettings', () => clearTimeout(timer));
    this.#session.once('close', () => clearTimeout(timer));
  }

  #begin(stream: ServerHttp2Stream, pseudo: PseudoFields, flags: number, raw: readonly string[]): void {
    this.#open += 1;
    this.#begun += 1;
    if (this.#begun % STREAMS_PER_TABLE === 0) renewStreamTable(this.#session);
    clearTimeout(this.#idleTimer);
    const request = new StreamRequest(this, stream, requestHead(pseudo, raw, this.#entrance));
    if (this.#largestHeaderList !== undefined && headerListSize(raw) > this.#largestHeaderList) {
      request.refuse(431, `the list of header fields is larger than ${this.#largestHeaderList} bytes`);
    } else if ((flags & END_STREAM) !== 0) request.complete();
    else request.read();
  }

  ended(): void {
    this.#open -= 1;
    if (this.#open > 0) return;
    this.#endWhereIdle();
    this.#waitIdle();
  }

  #waitIdle(): void {
    if (this.#idle === undefined || this.#session.destroyed) return;
    this.#idleTimer = setTimeout(() => this.leave('IdleTimeout'), this.#idle);
  }

  hold(bytes: number): boolean {
    this.#held += bytes;
    return this.#held <= MOST_HELD_BODIES * this.surroundings.bounds.body;
  }

  release(bytes: number): void {
    this.#held -= bytes;
  }

  kept(piece: Buffer): Uint8Array {
    if (this.#lastBody?.equals(piece)) return this.#lastBody;
    // A small piece is a view on all that was read from the socket with it: whoever keeps it would keep that too.
    if (piece.length * 8 >= piece.buffer.byteLength) return piece;
    this.#lastBody = Buffer.from(piece);
    return this.#lastBody;
  }

  affect(effects: readonly ConnectionEffect[]): void {
    for (const effect of effects) {
      switch (effect.kind) {
        case 'stream_limit':
          this.#limitStreams(effect.maxConcurrentStreams);
          break;
        case 'goaway':
          this.leave(effect.reason);
          break;
      }
    }
  }

  #limitStreams(maxConcurrentStreams: number): void {
    if (this.#streamLimit === maxConcurrentStreams || this.#session.destroyed) return;
    this.#streamLimit = maxConcurrentStreams;
    try {
      this.#session.settings({ maxConcurrentStreams });
    } catch {
      // A peer that acknowledges no SETTINGS gets no more of them.
    }
  }

  /** GOAWAY in good order: what was begun is finished, nothing else is. */
  leave(reason: string | undefined): void {
    if (this.#leaving || this.#session.destroyed) return;
    this.#leaving = true;
    this.#session.goaway(NGHTTP2_NO_ERROR, EVERY_STREAM, debugData(reason));
    this.#endWhereIdle();
  }

  #endWhereIdle(): void {
    // Frames that are on their way leave with the turn of the loop.
    if (this.#leaving && this.#open === 0) setImmediate(() => this.end());
  }

  dismiss(stream: ServerHttp2Stream, reason: string | undefined): void {
    if (this.#session.destroyed) return;
    // Said on the stream itself that it is unprocessed, since the GOAWAY cannot.
    stream.close(NGHTTP2_REFUSED_STREAM);
    this.#session.goaway(NGHTTP2_NO_ERROR, EVERY_STREAM, debugData(reason));
    setImmediate(() => this.end());
  }

  end(): void {
    if (this.#socket.destroyed) return;
    this.#socket.end();
    const timer = setTimeout(() => this.#socket.destroy(), LEAVING);
    this.#socket.once('close', () => clearTimeout(timer));
  }
}
