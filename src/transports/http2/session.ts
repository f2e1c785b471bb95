import type { Socket } from 'node:net';
import type { Connection, ConnectionEffect, Serve } from '../../core/connection.ts';
import type { Response } from '../../core/outcome.ts';
import type { RequestReceiver, TransportLimits } from '../receiver.ts';
import type { DeadlineList } from './deadlines.ts';
import { BodySender, type Sender, type SharedOutput } from './flow-control.ts';
import { type FrameWriter, goawayReason } from './frame-writer.ts';
import { ConnectionError, ERROR_CODE, type ErrorCode } from './frames.ts';
import { Incoming } from './incoming.ts';
import { announcedSettings, type PeerSettings, SETTING, settingsToSend } from './settings.ts';
import type { Stream } from './stream.ts';

/** Shared by all sessions of a transport. */
export interface Http2Context {
  readonly receiver: RequestReceiver;
  readonly limits: TransportLimits;
  readonly deadlines: DeadlineList;
  readonly output: SharedOutput;
}

const MAX_STREAMS = 1000;

/** Limit for the incomplete bodies of all streams of a connection, as a multiple of the limit of one body. */
const MAX_BUFFERED_BODIES = 4;

/** How long a peer may take to close after GOAWAY, in real milliseconds. */
export const LEAVE_TIME = 1000;

/** A peer that acknowledges no SETTINGS is sent no more of them. */
const MAX_UNACKNOWLEDGED = 10;

/** One HTTP/2 connection: what is sent on it and when it ends. `Incoming` has what is received. */
export class Session implements Sender {
  readonly context: Http2Context;
  readonly connection: Connection;
  readonly #socket: Socket;
  readonly #incoming: Incoming;
  readonly #bodies: BodySender;
  readonly #idle: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #streamLimit: number;
  #unacknowledged = 1;
  #receiving = false;
  #buffered = 0;
  /** Push providers send the same body to many devices: repeated bodies share one copy. */
  #lastBody: Buffer | undefined;
  /** Whether the peer expects a dynamic table size update. */
  #updatesTable = false;
  #leaving = false;
  #ended = false;

  constructor(
    socket: Socket,
    connection: Connection,
    context: Http2Context,
    { maxConcurrentStreams = MAX_STREAMS, settings, largestHeaderList, idle }: Serve,
  ) {
    this.context = context;
    this.connection = connection;
    this.#socket = socket;
    this.#streamLimit = maxConcurrentStreams;
    this.#idle = idle;
    const announced = announcedSettings(settings);
    this.#bodies = new BodySender(socket, context.output, this);
    this.#incoming = new Incoming(this, this.#bodies, announced, largestHeaderList);
    this.frames.settings(settingsToSend(announced, maxConcurrentStreams));
    this.flush();
    // Until the peer's SETTINGS arrive.
    this.#timer = setTimeout(() => socket.destroy(), context.limits.head);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('drain', () => this.#guarded(() => this.#onDrain()));
    // A broken connection is no failure: the close cancels its streams.
    socket.once('close', () => this.#onClose());
  }

  get frames(): FrameWriter {
    return this.context.output.writerFor(this);
  }

  /** How many streams the peer may have open. */
  get streamLimit(): number {
    return this.#streamLimit;
  }

  /** Whether no more streams may begin. */
  get isLeaving(): boolean {
    return this.#leaving;
  }

  #receive(chunk: Buffer): void {
    if (this.#ended) return;
    this.#receiving = true;
    this.#guarded(() => this.#incoming.read(chunk));
    this.#receiving = false;
    this.flush();
    if (this.#bodies.isCongested) this.#socket.pause();
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #onDrain(): void {
    this.flush();
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  #onClose(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#incoming.close();
  }

  /** Ends the connection after an error of the peer (RFC 9113 section 5.4.1) or an exception of ours. */
  #fail(error: unknown): void {
    const { receiver } = this.context;
    const { serverName, secure } = this.connection;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ConnectionError) {
      receiver.connectionFailed({ ended: 'protocol_error', serverName, secure, why: message });
      this.frames.goaway(this.#incoming.lastStream, error.code, message);
    } else {
      const why = `a failure of Crabapple itself, please report it: ${message}`;
      receiver.failed(error);
      receiver.connectionFailed({ ended: 'internal_error', serverName, secure, why });
      this.frames.goaway(this.#incoming.lastStream, ERROR_CODE.internalError, why);
    }
    this.end();
  }

  /** Sends what was written, except while received frames are processed: their responses are sent together. */
  flush(): void {
    if (this.#receiving || this.#ended) return;
    this.context.output.flush(this);
    // If the socket accepts everything at once, it emits no `drain`.
    while (this.#bodies.canResume) {
      this.#bodies.resume();
      this.context.output.flush(this);
    }
  }

  send(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** The peer has sent SETTINGS. */
  onSettings({ resizesTable }: PeerSettings): void {
    this.#updatesTable ||= resizesTable;
    this.frames.acknowledgeSettings();
    if (this.#incoming.open === 0) this.#startIdleTimer();
  }

  /** The peer has acknowledged our SETTINGS. */
  onSettingsAcknowledged(): void {
    if (this.#unacknowledged > 0) this.#unacknowledged -= 1;
  }

  /** A stream was opened. */
  onStream(): void {
    if (this.#idle !== undefined) clearTimeout(this.#timer);
  }

  /** @throws TypeError for an invalid header field */
  sendHead(stream: Stream, response: Pick<Response, 'status' | 'headers'>, endStream: boolean): void {
    this.frames.headers(stream.id, response, endStream, this.#updatesTable);
    this.#updatesTable = false;
  }

  sendBody(stream: Stream): void {
    this.#bodies.send(stream);
  }

  reset(stream: Stream, code: ErrorCode): void {
    this.#incoming.reset(stream.id, code);
  }

  /** Removes a closed stream. */
  forget(stream: Stream): void {
    this.#bodies.forget(stream);
    this.#incoming.forget(stream);
    if (this.#incoming.open > 0) return;
    this.#endIfIdle();
    this.#startIdleTimer();
  }

  #startIdleTimer(): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    if (this.#idle !== undefined) this.#timer = setTimeout(() => this.leave('IdleTimeout'), this.#idle);
  }

  /** @returns whether the incomplete bodies are within their limit with these bytes */
  reserveBuffer(bytes: number): boolean {
    this.#buffered += bytes;
    return this.#buffered <= MAX_BUFFERED_BODIES * this.context.limits.body;
  }

  releaseBuffer(bytes: number): void {
    this.#buffered -= bytes;
  }

  /** Copies a body out of the chunk that it came in, which is larger. */
  copyBody(bytes: Buffer, from: number, to: number): Uint8Array {
    const last = this.#lastBody;
    if (last?.length === to - from && last.compare(bytes, from, to) === 0) return last;
    this.#lastBody = Buffer.from(bytes.subarray(from, to));
    return this.#lastBody;
  }

  applyEffects(effects: readonly ConnectionEffect[]): void {
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
    if (this.#streamLimit === maxConcurrentStreams || this.#unacknowledged > MAX_UNACKNOWLEDGED) return;
    this.#streamLimit = maxConcurrentStreams;
    this.#unacknowledged += 1;
    this.frames.settings([[SETTING.maxConcurrentStreams, maxConcurrentStreams]]);
  }

  /** Sends GOAWAY and completes the open streams. Also answers a GOAWAY of the peer, so no stream waits forever. */
  leave(reason: string | undefined): void {
    if (this.#leaving || this.#ended) return;
    this.#leaving = true;
    this.frames.goaway(this.#incoming.lastStream, ERROR_CODE.noError, goawayReason(reason));
    this.#endIfIdle();
    this.flush();
  }

  #endIfIdle(): void {
    if (this.#leaving && this.#incoming.open === 0) this.end();
  }

  /** Sends GOAWAY and ends: neither this stream nor another one gets a response. */
  endUnprocessed(stream: Stream, reason: string | undefined): void {
    const { lastStream } = this.#incoming;
    // GOAWAY cannot call a stream unprocessed that later streams followed.
    const isLast = stream.id === lastStream;
    if (!isLast) this.reset(stream, ERROR_CODE.refusedStream);
    const processed = isLast ? Math.max(0, lastStream - 2) : lastStream;
    this.frames.goaway(processed, ERROR_CODE.noError, goawayReason(reason));
    this.end();
  }

  /** Closes the connection after what was written. What the peer sends is read for a while, so it sees our last frame. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#incoming.stop();
    this.context.output.flush(this);
    this.#socket.end();
    // Unread data would reset the connection before the peer has read our last frames.
    this.#socket.resume();
    this.#destroyWhenRead(this.#socket.writableLength);
  }

  /** A peer that reads slowly may read to the end. */
  #destroyWhenRead(unsent: number): void {
    this.#timer = setTimeout(
      () => {
        const { writableLength } = this.#socket;
        if (writableLength > 0 && writableLength < unsent) this.#destroyWhenRead(writableLength);
        else this.#socket.destroy();
      },
      unsent > 0 ? this.context.limits.head : LEAVE_TIME,
    );
  }
}
