import type { Socket } from 'node:net';
import type { Connection, ConnectionEffect, Serve } from '../../core/connection.ts';
import type { Response } from '../../core/outcome.ts';
import { debugData } from './debug-data.ts';
import { ConnectionError, ERROR_CODE, type ErrorCode } from './frames/error-code.ts';
import type { FrameWriter } from './frames/frame-writer.ts';
import { Incoming, type IncomingOwner } from './incoming.ts';
import type { Sender } from './output.ts';
import { Sending } from './sending.ts';
import { announcedSettings, type PeerSettings, SETTING, settingsToSend } from './settings.ts';
import type { Stream } from './stream.ts';
import type { SessionSurroundings } from './stream-owner.ts';

const MOST_STREAMS = 1000;

/** Of bodies that are not complete yet, all streams of a connection together: so many times the largest body. */
const MOST_HELD_BODIES = 4;

/** How long a peer that was told to go has for it, in real milliseconds. */
export const LEAVING = 1000;

/** A peer that acknowledges no SETTINGS gets no more of them. */
const MOST_UNACKNOWLEDGED = 10;

/** One connection that speaks HTTP/2: what leaves on it, and when it ends. */
export class Session implements IncomingOwner, Sender {
  readonly surroundings: SessionSurroundings;
  readonly connection: Connection;
  readonly #socket: Socket;
  readonly #incoming: Incoming;
  readonly #sending: Sending;
  readonly #idle: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #streamLimit: number;
  #unacknowledged = 1;
  #receiving = false;
  #held = 0;
  /** Senders say the same to many devices: what they repeat is kept once. */
  #lastBody: Buffer | undefined;
  /** Whether the peer waits for a word about its table of header fields. */
  #updatesTable = false;
  #leaving = false;
  #ended = false;

  constructor(
    socket: Socket,
    connection: Connection,
    surroundings: SessionSurroundings,
    { maxConcurrentStreams = MOST_STREAMS, settings, largestHeaderList, idle }: Serve,
  ) {
    this.surroundings = surroundings;
    this.connection = connection;
    this.#socket = socket;
    this.#streamLimit = maxConcurrentStreams;
    this.#idle = idle;
    const announced = announcedSettings(settings);
    this.#sending = new Sending(socket, surroundings.output, this);
    this.#incoming = new Incoming(this, this.#sending, announced, largestHeaderList);
    this.frames.settings(settingsToSend(announced, maxConcurrentStreams));
    this.flush();
    // Until its SETTINGS come.
    this.#timer = setTimeout(() => socket.destroy(), surroundings.bounds.head);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('drain', () => this.#drained());
    // A connection that breaks is the peer's affair: its streams are told by the close.
    socket.once('close', () => this.#closed());
  }

  get frames(): FrameWriter {
    return this.surroundings.output.of(this);
  }

  get streamLimit(): number {
    return this.#streamLimit;
  }

  get isLeaving(): boolean {
    return this.#leaving;
  }

  #receive(chunk: Buffer): void {
    if (this.#ended) return;
    this.#receiving = true;
    try {
      this.#incoming.read(chunk);
    } catch (error) {
      this.#fail(error);
    }
    this.#receiving = false;
    this.flush();
    if (this.#sending.isChoked) this.#socket.pause();
  }

  #drained(): void {
    this.flush();
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  #closed(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#incoming.close();
  }

  /** RFC 9113 section 5.4.1. */
  #fail(error: unknown): void {
    const code = error instanceof ConnectionError ? error.code : ERROR_CODE.internalError;
    const why = error instanceof Error ? error.message : String(error);
    const { serverName, secure } = this.connection;
    this.surroundings.receiver.connectionFailed({ ended: 'protocol_error', serverName, secure, why });
    this.frames.goaway(this.#incoming.lastStream, code, Buffer.from(why));
    this.end();
  }

  flush(): void {
    if (this.#receiving || this.#ended) return;
    this.surroundings.output.flush(this);
    // Where the system takes all at once, no `drain` tells of it.
    while (this.#sending.mayGoOn) {
      this.#sending.resume();
      this.surroundings.output.flush(this);
    }
  }

  send(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  greeted({ resizesTable }: PeerSettings): void {
    this.#updatesTable ||= resizesTable;
    this.frames.acknowledgeSettings();
    if (this.#incoming.open === 0) this.#waitIdle();
  }

  acknowledged(): void {
    if (this.#unacknowledged > 0) this.#unacknowledged -= 1;
  }

  sendHead(stream: Stream, response: Pick<Response, 'status' | 'headers'>, endStream: boolean): void {
    this.frames.headers(stream.id, response, endStream, this.#updatesTable);
    this.#updatesTable = false;
  }

  sendBody(stream: Stream): void {
    this.#sending.send(stream);
  }

  reset(stream: Stream, code: ErrorCode): void {
    this.#incoming.reset(stream.id, code);
  }

  forget(stream: Stream): void {
    this.#sending.forget(stream);
    this.#incoming.forget(stream);
    if (this.#incoming.open > 0) return;
    this.#endWhereIdle();
    this.#waitIdle();
  }

  begun(): void {
    if (this.#idle !== undefined) clearTimeout(this.#timer);
  }

  #waitIdle(): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    if (this.#idle !== undefined) this.#timer = setTimeout(() => this.leave('IdleTimeout'), this.#idle);
  }

  hold(bytes: number): boolean {
    this.#held += bytes;
    return this.#held <= MOST_HELD_BODIES * this.surroundings.bounds.body;
  }

  release(bytes: number): void {
    this.#held -= bytes;
  }

  kept(bytes: Buffer, from: number, to: number): Uint8Array {
    const last = this.#lastBody;
    if (last?.length === to - from && last.compare(bytes, from, to) === 0) return last;
    // A copy: what was read from the socket is much more than a body.
    this.#lastBody = Buffer.from(bytes.subarray(from, to));
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
    if (this.#streamLimit === maxConcurrentStreams || this.#unacknowledged > MOST_UNACKNOWLEDGED) return;
    this.#streamLimit = maxConcurrentStreams;
    this.#unacknowledged += 1;
    this.frames.settings([[SETTING.maxConcurrentStreams, maxConcurrentStreams]]);
  }

  /** GOAWAY in good order: what was begun is finished, nothing else is. */
  leave(reason: string | undefined): void {
    if (this.#leaving || this.#ended) return;
    this.#leaving = true;
    this.frames.goaway(this.#incoming.lastStream, ERROR_CODE.noError, debugData(reason));
    this.#endWhereIdle();
    this.flush();
  }

  left(): void {
    // With GOAWAY of ours: a stream that the peer begins nevertheless must not wait for ever.
    this.leave(undefined);
  }

  #endWhereIdle(): void {
    if (this.#leaving && this.#incoming.open === 0) this.end();
  }

  dismiss(stream: Stream, reason: string | undefined): void {
    const { lastStream } = this.#incoming;
    // One that others came after can be called unprocessed by itself alone.
    const isLast = stream.id === lastStream;
    if (!isLast) this.reset(stream, ERROR_CODE.refusedStream);
    const processed = isLast ? Math.max(0, lastStream - 2) : lastStream;
    this.frames.goaway(processed, ERROR_CODE.noError, debugData(reason));
    this.end();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#incoming.stop();
    this.surroundings.output.flush(this);
    this.#socket.end();
    // What the peer has sent and nobody has read would tear the connection down before it has read all of ours.
    this.#socket.resume();
    this.#waitUntilRead(this.#socket.writableLength);
  }

  /** A peer that reads slowly may read to the end. */
  #waitUntilRead(unsent: number): void {
    this.#timer = setTimeout(
      () => {
        const { writableLength } = this.#socket;
        if (writableLength > 0 && writableLength < unsent) this.#waitUntilRead(writableLength);
        else this.#socket.destroy();
      },
      unsent > 0 ? this.surroundings.bounds.head : LEAVING,
    );
  }
}
