import type { Connection, ConnectionSettings } from '../../core/connection.ts';
import { EndedStreams } from './ended-streams.ts';
import { ConnectionError, ERROR_CODE, type ErrorCode } from './frames/error-code.ts';
import { FLAG, FRAME, streamIdentifier } from './frames/frame.ts';
import { FrameReader } from './frames/frame-reader.ts';
import type { FrameWriter } from './frames/frame-writer.ts';
import {
  afterPadLength,
  checkPriority,
  protocolError,
  requireConnection,
  requireGoaway,
  requireSize,
  requireStream,
  withoutPadding,
} from './frames/payload.ts';
import { HeaderBlocks } from './header-blocks.ts';
import { FieldDecoder } from './hpack/field-decoder.ts';
import { RequestHeads } from './request-head.ts';
import type { Sending } from './sending.ts';
import { DEFAULT_WINDOW, LARGEST_WINDOW, type PeerSettings, readSettings } from './settings.ts';
import { Stream } from './stream.ts';
import type { StreamOwner } from './stream-owner.ts';

/** Of a list of header fields: a larger one is answered 431, whatever SETTINGS advise. */
const LARGEST_LIST = 64 * 1024;

/**
 * So many streams more than were answered may end by what the peer does: by its RST_STREAM
 * (https://nvd.nist.gov/vuln/detail/CVE-2023-44487), or by ours which it provokes
 * (https://nvd.nist.gov/vuln/detail/CVE-2025-8671).
 */
const MOST_RESETS = 1000;

/** What is told of what comes on a connection, and asked about it. */
export interface IncomingOwner extends StreamOwner {
  readonly connection: Connection;
  readonly frames: FrameWriter;
  /** How many streams the peer may have open. */
  readonly streamLimit: number;
  /** Whether no more streams may begin. */
  readonly isLeaving: boolean;
  /** The peer has sent SETTINGS. */
  greeted(settings: PeerSettings): void;
  /** The peer has acknowledged SETTINGS of ours. */
  acknowledged(): void;
  /** The peer begins no more streams. */
  left(): void;
  /** A stream has begun. */
  begun(): void;
}

/** What comes on one connection: frames become streams and what happens to them. */
export class Incoming {
  readonly #session: IncomingOwner;
  readonly #sending: Sending;
  readonly #reader: FrameReader;
  readonly #fields: FieldDecoder;
  readonly #blocks: HeaderBlocks;
  readonly #heads: RequestHeads;
  readonly #streams = new Map<number, Stream>();
  readonly #ended = new EndedStreams();
  readonly #largestList: number;
  /** What streams begin with. */
  readonly #windows: { send: number; receive: number };
  /** As SETTINGS announce it: a peer that has not read them goes by the default. */
  readonly #announcedWindow: number;
  #window = DEFAULT_WINDOW;
  #hasSettings = false;
  /** Streams that ended by what the peer did, less those that were answered. */
  #vain = 0;
  #lastStream = 0;

  constructor(
    session: IncomingOwner,
    sending: Sending,
    announced: Required<ConnectionSettings>,
    largestList = LARGEST_LIST,
  ) {
    this.#session = session;
    this.#sending = sending;
    this.#largestList = largestList;
    this.#announcedWindow = announced.initialWindowSize;
    this.#windows = { send: DEFAULT_WINDOW, receive: Math.max(DEFAULT_WINDOW, this.#announcedWindow) };
    this.#fields = new FieldDecoder(announced.headerTableSize, LARGEST_LIST);
    this.#heads = new RequestHeads(session.connection);
    this.#blocks = new HeaderBlocks(
      this.#fields,
      session.surroundings.underway,
      (stream, endStream) => this.#takeFields(stream, endStream),
      () => session.end(),
    );
    this.#reader = new FrameReader(announced.maxFrameSize, (type, flags, stream, bytes, from, to) =>
      this.#take(type, flags, stream, bytes, from, to),
    );
  }

  /** How many streams are open. */
  get open(): number {
    return this.#streams.size;
  }

  /** The highest stream that the peer has begun. */
  get lastStream(): number {
    return this.#lastStream;
  }

  /** @throws ConnectionError */
  read(chunk: Buffer): void {
    this.#reader.read(chunk);
  }

  /** Nothing that comes is looked at any more. */
  stop(): void {
    this.#reader.stop();
    this.#blocks.drop();
  }

  /** The connection is gone. */
  close(): void {
    this.stop();
    for (const stream of [...this.#streams.values()]) stream.canceled();
  }

  forget(stream: Stream): void {
    this.#streams.delete(stream.id);
    if (this.#vain > 0) this.#vain -= 1;
  }

  /** RST_STREAM. */
  reset(stream: number, code: ErrorCode): void {
    this.#ended.reset(stream);
    this.#session.frames.resetStream(stream, code);
  }

  #take(type: number, flags: number, id: number, bytes: Buffer, from: number, to: number): void {
    const { unfinished } = this.#blocks;
    if (unfinished !== undefined && (type !== FRAME.continuation || id !== unfinished))
      throw protocolError('another frame comes within a block of header fields');
    if (!this.#hasSettings && type !== FRAME.settings) throw protocolError('the first frame is not SETTINGS');
    switch (type) {
      case FRAME.headers:
        if (id % 2 === 0) throw protocolError(`a client has begun stream ${id}`);
        this.#blocks.headers(flags, id, bytes, from, to);
        break;
      case FRAME.continuation:
        this.#blocks.continuation(flags, id, bytes, from, to);
        break;
      case FRAME.data:
        this.#takeData(flags, id, bytes, from, to);
        break;
      case FRAME.windowUpdate:
        requireSize('WINDOW_UPDATE', to - from, 4);
        this.#takeWindowUpdate(id, streamIdentifier(bytes, from));
        break;
      case FRAME.settings:
        this.#takeSettings(flags, id, bytes, from, to);
        break;
      case FRAME.ping:
        requireConnection('PING', id);
        requireSize('PING', to - from, 8);
        if ((flags & FLAG.ack) === 0) this.#session.frames.acknowledgePing(bytes, from, to);
        break;
      case FRAME.resetStream:
        requireSize('RST_STREAM', to - from, 4);
        this.#takeReset(id);
        break;
      case FRAME.priority:
        checkPriority(id, bytes, from, to);
        break;
      case FRAME.goaway:
        requireGoaway(id, to - from);
        this.#session.left();
        break;
      case FRAME.pushPromise:
        throw protocolError('a client has sent PUSH_PROMISE');
      // Of other types a peer may send what it likes: RFC 9113 section 4.1.
    }
  }

  #takeFields(id: number, endStream: boolean): void {
    if (id > this.#lastStream) this.#begin(id, endStream);
    else this.#takeTrailers(id, endStream);
  }

  #begin(id: number, endStream: boolean): void {
    if (this.#session.isLeaving) return;
    this.#ended.pass(this.#lastStream, id);
    this.#lastStream = id;
    if (this.#streams.size >= this.#session.streamLimit) {
      this.reset(id, ERROR_CODE.refusedStream);
      return;
    }
    const head = this.#heads.read(this.#fields.fields);
    const { problem, length } = this.#heads;
    const stream = new Stream(this.#session, id, head, length, this.#windows);
    this.#streams.set(id, stream);
    this.#session.begun();
    if (this.#fields.listSize > this.#largestList)
      stream.refuse(431, `the list of header fields is larger than ${this.#largestList} bytes`);
    else if (problem !== undefined) stream.refuseMalformed(problem);
    else if (endStream) stream.complete();
    else stream.read();
  }

  /** Fields after the body: nobody asks for them, and yet they must be in order (RFC 9113 section 8.1). */
  #takeTrailers(id: number, endStream: boolean): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      if (this.#ended.wasReset(id)) return;
      if (this.#ended.wasPassedOver(id))
        throw protocolError(`stream ${id} comes after stream ${this.#lastStream}`);
      throw new ConnectionError(ERROR_CODE.streamClosed, `HEADERS on stream ${id}, which is closed`);
    }
    if (stream.isWhole) this.#break(stream, ERROR_CODE.streamClosed);
    else if (!stream.isReading) return;
    else if (!endStream) stream.refuseMalformed('there are header fields amid the body');
    else if (hasPseudoField(this.#fields.fields))
      stream.refuseMalformed('a pseudo-header field comes after the body');
    else stream.complete();
  }

  #takeData(flags: number, id: number, bytes: Buffer, start: number, end: number): void {
    requireStream('DATA', id);
    const size = end - start;
    this.#receiveOnConnection(size);
    const to = withoutPadding(flags, bytes, start, end);
    const from = afterPadLength(flags, start);
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      if (this.#isIdle(id)) throw onIdle('DATA', id);
      if (id <= this.#lastStream && !this.#ended.wasReset(id)) this.reset(id, ERROR_CODE.streamClosed);
    } else if (stream.isWhole) this.#break(stream, ERROR_CODE.streamClosed);
    else if (size > stream.receiveWindow) this.#break(stream, ERROR_CODE.flowControlError);
    else if (stream.isReading) {
      const endStream = (flags & FLAG.endStream) !== 0;
      if (!endStream) this.#receiveOnStream(stream, size);
      stream.take(bytes, from, to, endStream);
    }
  }

  /** What comes is taken at once, and so the windows are open again when they are half closed. */
  #receiveOnConnection(size: number): void {
    this.#window -= size;
    if (this.#window < 0)
      throw new ConnectionError(ERROR_CODE.flowControlError, 'DATA beyond the window of the connection');
    if (this.#window > DEFAULT_WINDOW / 2) return;
    this.#session.frames.windowUpdate(0, DEFAULT_WINDOW - this.#window);
    this.#window = DEFAULT_WINDOW;
  }

  #receiveOnStream(stream: Stream, size: number): void {
    stream.receiveWindow -= size;
    const { receive } = this.#windows;
    // WINDOW_UPDATE of 0 is an error: where the window is 0, DATA without a byte may come all the same.
    if (stream.receiveWindow > receive / 2 || stream.receiveWindow === receive) return;
    this.#session.frames.windowUpdate(stream.id, receive - stream.receiveWindow);
    stream.receiveWindow = receive;
  }

  /** Whether a stream has not begun: frames on it are an error, unless they come after it was said that none begins. */
  #isIdle(id: number): boolean {
    return id % 2 === 0 || (id > this.#lastStream && !this.#session.isLeaving);
  }

  #takeWindowUpdate(id: number, increment: number): void {
    const stream = this.#streams.get(id);
    if (id === 0) {
      if (increment === 0) throw protocolError('WINDOW_UPDATE of 0');
      this.#sending.grow(increment);
    } else if (stream === undefined) {
      if (this.#isIdle(id)) throw onIdle('WINDOW_UPDATE', id);
    } else if (increment === 0) this.#break(stream, ERROR_CODE.protocolError);
    else if (!this.#widen(stream, increment)) this.#break(stream, ERROR_CODE.flowControlError);
  }

  /** @returns whether the window may be so large */
  #widen(stream: Stream, by: number): boolean {
    stream.sendWindow += by;
    if (stream.sendWindow > LARGEST_WINDOW) return false;
    if (stream.outgoing !== undefined && stream.sendWindow > 0) this.#sending.send(stream);
    return true;
  }

  #takeSettings(flags: number, id: number, bytes: Buffer, from: number, to: number): void {
    requireConnection('SETTINGS', id);
    if ((flags & FLAG.ack) !== 0) {
      requireSize('an acknowledgement of SETTINGS', to - from, 0);
      this.#session.acknowledged();
      this.#narrow();
      return;
    }
    this.#hasSettings = true;
    const settings = readSettings(bytes, from, to);
    this.#session.greeted(settings);
    if (settings.initialWindow !== undefined) this.#widenAll(settings.initialWindow);
  }

  /** The peer goes by the window that we have announced: RFC 9113 section 6.5.3. */
  #narrow(): void {
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

  #takeReset(id: number): void {
    requireStream('RST_STREAM', id);
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      if (this.#isIdle(id)) throw onIdle('RST_STREAM', id);
      return;
    }
    this.#vain += 2;
    stream.canceled();
    this.#limitVain();
  }

  /** What the peer has sent on a stream is wrong, and the stream ends. */
  #break(stream: Stream, code: ErrorCode): void {
    this.#vain += 2;
    stream.break(code);
    this.#limitVain();
  }

  #limitVain(): void {
    if (this.#vain > MOST_RESETS)
      throw new ConnectionError(ERROR_CODE.enhanceYourCalm, 'streams are begun only to be reset');
  }
}

const hasPseudoField = (fields: readonly string[]): boolean =>
  fields.some((text, at) => at % 2 === 0 && text.startsWith(':'));

const onIdle = (frame: string, stream: number): ConnectionError =>
  protocolError(`${frame} on stream ${stream}, which nobody has begun`);
