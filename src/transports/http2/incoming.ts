import type { ConnectionSettings } from '../../core/connection.ts';
import type { BodySender } from './flow-control.ts';
import { FrameReader } from './frame-reader.ts';
import {
  afterPadLength,
  ConnectionError,
  checkPriority,
  ERROR_CODE,
  type ErrorCode,
  FLAG,
  FRAME,
  protocolError,
  requireConnection,
  requireGoaway,
  requireSize,
  requireStream,
  streamIdentifier,
  withoutPadding,
} from './frames.ts';
import { FieldDecoder } from './hpack/decoder.ts';
import { FieldBlocks, RequestHeads } from './request-head.ts';
import type { Session } from './session.ts';
import { DEFAULT_WINDOW, MAX_WINDOW, readSettings } from './settings.ts';
import { Stream } from './stream.ts';

/** Of a field list, in bytes. A larger one gets status 431; SETTINGS_MAX_HEADER_LIST_SIZE is only advice. */
const MAX_LIST_SIZE = 64 * 1024;

/**
 * How many more streams of a connection may be reset because of the peer than get a response: by its RST_STREAM
 * (https://nvd.nist.gov/vuln/detail/CVE-2023-44487) or by ours that it provokes
 * (https://nvd.nist.gov/vuln/detail/CVE-2025-8671).
 */
const MAX_RESETS = 1000;

/** Receives the frames of one connection: opens streams, hands them their data and applies the rules of the protocol. */
export class Incoming {
  readonly #session: Session;
  readonly #bodies: BodySender;
  readonly #reader: FrameReader;
  readonly #fields: FieldDecoder;
  readonly #blocks: FieldBlocks;
  readonly #heads: RequestHeads;
  readonly #streams = new Map<number, Stream>();
  readonly #ended = new EndedStreams();
  readonly #maxListSize: number;
  /** Initial windows of streams. */
  readonly #windows: { send: number; receive: number };
  /** SETTINGS_INITIAL_WINDOW_SIZE; a peer that has not acknowledged it uses the default. */
  readonly #announcedWindow: number;
  #window = DEFAULT_WINDOW;
  #hasSettings = false;
  /** Streams that were reset because of the peer, minus those that got a response. */
  #resets = 0;
  #lastStream = 0;

  constructor(
    session: Session,
    bodies: BodySender,
    announced: Required<ConnectionSettings>,
    maxListSize = MAX_LIST_SIZE,
  ) {
    this.#session = session;
    this.#bodies = bodies;
    this.#maxListSize = maxListSize;
    this.#announcedWindow = announced.initialWindowSize;
    this.#windows = { send: DEFAULT_WINDOW, receive: Math.max(DEFAULT_WINDOW, this.#announcedWindow) };
    this.#fields = new FieldDecoder(announced.headerTableSize, MAX_LIST_SIZE);
    this.#heads = new RequestHeads(session.connection);
    this.#blocks = new FieldBlocks(
      this.#fields,
      session.context.deadlines,
      (stream, endStream) => this.#onFields(stream, endStream),
      () => session.end(),
    );
    this.#reader = new FrameReader(announced.maxFrameSize, (type, flags, stream, bytes, from, to) =>
      this.#onFrame(type, flags, stream, bytes, from, to),
    );
  }

  /** How many streams are open. */
  get open(): number {
    return this.#streams.size;
  }

  /** The highest stream that the peer has opened. */
  get lastStream(): number {
    return this.#lastStream;
  }

  /** @throws ConnectionError */
  read(chunk: Buffer): void {
    this.#reader.read(chunk);
  }

  /** Ignores everything that follows. */
  stop(): void {
    this.#reader.stop();
    this.#blocks.drop();
  }

  /** Cancels all streams: the connection is closed. */
  close(): void {
    this.stop();
    for (const stream of [...this.#streams.values()]) stream.cancel();
  }

  forget(stream: Stream): void {
    this.#streams.delete(stream.id);
    if (this.#resets > 0) this.#resets -= 1;
  }

  /** Sends RST_STREAM. */
  reset(stream: number, code: ErrorCode): void {
    this.#ended.addReset(stream);
    this.#session.frames.resetStream(stream, code);
  }

  #onFrame(type: number, flags: number, id: number, bytes: Buffer, from: number, to: number): void {
    const { incompleteStream } = this.#blocks;
    if (incompleteStream !== undefined && (type !== FRAME.continuation || id !== incompleteStream))
      throw protocolError('another frame interrupts a field block');
    if (!this.#hasSettings && type !== FRAME.settings) throw protocolError('the first frame is not SETTINGS');
    switch (type) {
      case FRAME.headers:
        if (id % 2 === 0)
          throw protocolError(`HEADERS on stream ${id}: streams of a client have odd numbers`);
        this.#blocks.headers(flags, id, bytes, from, to);
        break;
      case FRAME.continuation:
        this.#blocks.continuation(flags, id, bytes, from, to);
        break;
      case FRAME.data:
        this.#onData(flags, id, bytes, from, to);
        break;
      case FRAME.windowUpdate:
        requireSize('WINDOW_UPDATE', to - from, 4);
        this.#onWindowUpdate(id, streamIdentifier(bytes, from));
        break;
      case FRAME.settings:
        this.#onSettings(flags, id, bytes, from, to);
        break;
      case FRAME.ping:
        requireConnection('PING', id);
        requireSize('PING', to - from, 8);
        if ((flags & FLAG.ack) === 0) this.#session.frames.acknowledgePing(bytes, from, to);
        break;
      case FRAME.resetStream:
        requireSize('RST_STREAM', to - from, 4);
        this.#onReset(id);
        break;
      case FRAME.priority:
        checkPriority(id, bytes, from, to);
        break;
      case FRAME.goaway:
        requireGoaway(id, to - from);
        this.#session.leave(undefined);
        break;
      case FRAME.pushPromise:
        throw protocolError('PUSH_PROMISE from a client');
      // Unknown types are ignored: RFC 9113 section 4.1.
    }
  }

  #onFields(id: number, endStream: boolean): void {
    if (id > this.#lastStream) this.#begin(id, endStream);
    else this.#onTrailers(id, endStream);
  }

  #begin(id: number, endStream: boolean): void {
    if (this.#session.isLeaving) return;
    this.#ended.skip(this.#lastStream, id);
    this.#lastStream = id;
    if (this.#streams.size >= this.#session.streamLimit) {
      this.reset(id, ERROR_CODE.refusedStream);
      return;
    }
    const head = this.#heads.read(this.#fields.fields);
    const { problem, length } = this.#heads;
    const stream = new Stream(this.#session, id, head, length, this.#windows);
    this.#streams.set(id, stream);
    this.#session.onStream();
    if (this.#fields.listSize > this.#maxListSize)
      stream.reject(431, `the list of header fields is larger than ${this.#maxListSize} bytes`);
    else if (problem !== undefined) stream.rejectMalformed(problem);
    else if (endStream) stream.complete();
    else stream.read();
  }

  /** Trailers are ignored but must be valid (RFC 9113 section 8.1). */
  #onTrailers(id: number, endStream: boolean): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      if (this.#ended.wasReset(id)) return;
      if (this.#ended.wasSkipped(id))
        throw protocolError(`HEADERS on stream ${id} after stream ${this.#lastStream}`);
      throw new ConnectionError(ERROR_CODE.streamClosed, `HEADERS on stream ${id}, which is closed`);
    }
    if (stream.isComplete) this.#resetInvalid(stream, ERROR_CODE.streamClosed);
    else if (!stream.isReading) return;
    else if (!endStream) stream.rejectMalformed('header fields interrupt the body');
    else if (hasPseudoField(this.#fields.fields))
      stream.rejectMalformed('a pseudo-header field follows the body');
    else stream.complete();
  }

  #onData(flags: number, id: number, bytes: Buffer, start: number, end: number): void {
    requireStream('DATA', id);
    const size = end - start;
    this.#receiveOnConnection(size);
    const to = withoutPadding(flags, bytes, start, end);
    const from = afterPadLength(flags, start);
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      if (this.#isIdle(id)) throw onIdle('DATA', id);
      if (id <= this.#lastStream && !this.#ended.wasReset(id)) this.reset(id, ERROR_CODE.streamClosed);
    } else if (stream.isComplete) this.#resetInvalid(stream, ERROR_CODE.streamClosed);
    else if (size > stream.receiveWindow) this.#resetInvalid(stream, ERROR_CODE.flowControlError);
    else if (stream.isReading) {
      const endStream = (flags & FLAG.endStream) !== 0;
      if (!endStream) this.#receiveOnStream(stream, size);
      stream.receive(bytes, from, to, endStream);
    }
  }

  /** Data is consumed as it arrives, so the window opens again when half of it is used. */
  #receiveOnConnection(size: number): void {
    this.#window -= size;
    if (this.#window < 0)
      throw new ConnectionError(ERROR_CODE.flowControlError, 'DATA exceeds the window of the connection');
    if (this.#window > DEFAULT_WINDOW / 2) return;
    this.#session.frames.windowUpdate(0, DEFAULT_WINDOW - this.#window);
    this.#window = DEFAULT_WINDOW;
  }

  #receiveOnStream(stream: Stream, size: number): void {
    stream.receiveWindow -= size;
    const { receive } = this.#windows;
    // WINDOW_UPDATE of 0 is an error; with a window of 0, empty DATA may still arrive.
    if (stream.receiveWindow > receive / 2 || stream.receiveWindow === receive) return;
    this.#session.frames.windowUpdate(stream.id, receive - stream.receiveWindow);
    stream.receiveWindow = receive;
  }

  /** Whether a stream is idle: not opened yet. Frames on it are an error, unless we have sent GOAWAY. */
  #isIdle(id: number): boolean {
    return id % 2 === 0 || (id > this.#lastStream && !this.#session.isLeaving);
  }

  #onWindowUpdate(id: number, increment: number): void {
    const stream = this.#streams.get(id);
    if (id === 0) {
      if (increment === 0) throw protocolError('WINDOW_UPDATE of 0');
      this.#bodies.widen(increment);
    } else if (stream === undefined) {
      if (this.#isIdle(id)) throw onIdle('WINDOW_UPDATE', id);
    } else if (increment === 0) this.#resetInvalid(stream, ERROR_CODE.protocolError);
    else if (!this.#widen(stream, increment)) this.#resetInvalid(stream, ERROR_CODE.flowControlError);
  }

  /** @returns whether the window is within its maximum */
  #widen(stream: Stream, by: number): boolean {
    stream.sendWindow += by;
    if (stream.sendWindow > MAX_WINDOW) return false;
    if (stream.outgoing !== undefined && stream.sendWindow > 0) this.#bodies.send(stream);
    return true;
  }

  #onSettings(flags: number, id: number, bytes: Buffer, from: number, to: number): void {
    requireConnection('SETTINGS', id);
    if ((flags & FLAG.ack) !== 0) {
      requireSize('an acknowledgment of SETTINGS', to - from, 0);
      this.#session.onSettingsAcknowledged();
      this.#useAnnouncedWindow();
      return;
    }
    this.#hasSettings = true;
    const settings = readSettings(bytes, from, to);
    this.#session.onSettings(settings);
    if (settings.initialWindow !== undefined) this.#widenAll(settings.initialWindow);
  }

  /** From now on the peer uses the window that we have announced: RFC 9113 section 6.5.3. */
  #useAnnouncedWindow(): void {
    const difference = this.#announcedWindow - this.#windows.receive;
    if (difference === 0) return;
    this.#windows.receive = this.#announcedWindow;
    for (const stream of this.#streams.values())
      if (stream.isReading) this.#receiveOnStream(stream, -difference);
  }

  /** RFC 9113 section 6.9.2: windows may become negative. */
  #widenAll(initialWindow: number): void {
    const difference = initialWindow - this.#windows.send;
    this.#windows.send = initialWindow;
    for (const stream of [...this.#streams.values()])
      if (!this.#widen(stream, difference))
        throw new ConnectionError(
          ERROR_CODE.flowControlError,
          `the window of stream ${stream.id} is too large`,
        );
  }

  #onReset(id: number): void {
    requireStream('RST_STREAM', id);
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      if (this.#isIdle(id)) throw onIdle('RST_STREAM', id);
      return;
    }
    this.#resets += 2;
    stream.cancel();
    this.#limitResets();
  }

  /** Resets a stream after an error of the peer. */
  #resetInvalid(stream: Stream, code: ErrorCode): void {
    this.#resets += 2;
    stream.resetInvalid(code);
    this.#limitResets();
  }

  #limitResets(): void {
    if (this.#resets > MAX_RESETS)
      throw new ConnectionError(ERROR_CODE.enhanceYourCalm, 'too many streams were reset');
  }
}

const hasPseudoField = (fields: readonly string[]): boolean =>
  fields.some((text, at) => at % 2 === 0 && text.startsWith(':'));

const onIdle = (frame: string, stream: number): ConnectionError =>
  protocolError(`${frame} on stream ${stream}, which is idle`);

/** How many streams that we have reset are remembered. */
const MAX_REMEMBERED = 1000;

/** Distinguishes the reasons why a stream is not open. */
class EndedStreams {
  readonly #reset = new Set<number>();
  #skipped = { after: 0, before: 0 };

  /** We have reset a stream: frames that the peer sent before it received the reset are no error. */
  addReset(stream: number): void {
    this.#reset.add(stream);
    if (this.#reset.size <= MAX_REMEMBERED) return;
    for (const oldest of this.#reset) {
      this.#reset.delete(oldest);
      return;
    }
  }

  wasReset(stream: number): boolean {
    return this.#reset.has(stream);
  }

  /** Streams between two that began one after the other can never begin: RFC 9113 section 5.1.1. */
  skip(after: number, before: number): void {
    if (before > after + 2) this.#skipped = { after, before };
  }

  wasSkipped(stream: number): boolean {
    return stream > this.#skipped.after && stream < this.#skipped.before;
  }
}
