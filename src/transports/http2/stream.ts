import { EventEmitter } from 'node:events';
import { bodyBytes, type Outcome, type Response } from '../../core/outcome.ts';
import { type BodySink, pacedBytes, releaseBody, sendStream } from '../body.ts';
import type { RequestReceiver } from '../receiver.ts';
import { WithDeadline } from './deadlines.ts';
import { ERROR_CODE, type ErrorCode } from './frames.ts';
import type { RequestHead } from './request-head.ts';
import type { Session } from './session.ts';

/** One stream: a request and its response. */
export class Stream extends WithDeadline {
  readonly id: number;
  /** How many bytes of DATA the peer accepts now. */
  sendWindow: number;
  /** How many bytes of DATA the peer may send now. */
  receiveWindow: number;
  /** Bytes to send, from `outgoingAt` on. */
  outgoing: Uint8Array | undefined;
  outgoingAt = 0;
  /** Whether the response ends with them. */
  outgoingEnds = false;

  readonly #session: Session;
  readonly #head: RequestHead;
  /** The `content-length` of the request. */
  readonly #length: number | undefined;
  #body: GrowingBody | undefined;
  #received = 0;
  #buffered = 0;
  #reading = false;
  #requestEnded = false;
  #closed = false;
  /** Code of the RST_STREAM after the response, if the request is malformed or has not ended. */
  #resetCode: ErrorCode = ERROR_CODE.noError;
  #sink: StreamSink | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** A delayed response; its body is released if the stream ends before. */
  #delayed: Response | undefined;

  constructor(
    session: Session,
    id: number,
    head: RequestHead,
    length: number | undefined,
    windows: { readonly send: number; readonly receive: number },
  ) {
    super();
    this.#session = session;
    this.id = id;
    this.#head = head;
    this.#length = length;
    this.sendWindow = windows.send;
    this.receiveWindow = windows.receive;
  }

  get #receiver(): RequestReceiver {
    return this.#session.context.receiver;
  }

  get isReading(): boolean {
    return this.#reading;
  }

  get isComplete(): boolean {
    return this.#requestEnded;
  }

  /** Waits for the body. */
  read(): void {
    this.#reading = true;
    this.#session.context.deadlines.add(this);
  }

  /** Takes the content of a DATA frame. */
  receive(bytes: Buffer, from: number, to: number, endStream: boolean): void {
    const size = to - from;
    const { body: limit } = this.#session.context.limits;
    if (endStream && this.#received === 0) {
      this.#received = size;
      if (size > limit) this.#rejectLongBody();
      else {
        if (size > 0) this.#head.body = this.#session.copyBody(bytes, from, to);
        this.complete();
      }
      return;
    }
    const hasRoom = this.#session.reserveBuffer(size);
    this.#buffered += size;
    this.#received += size;
    if (this.#received > limit) {
      this.#rejectLongBody();
      return;
    }
    if (size > 0) {
      this.#body ??= new GrowingBody(this.#length ?? size, limit);
      this.#body.add(bytes, from, to);
    }
    if (!hasRoom) this.#abort('too_much_at_once', ERROR_CODE.enhanceYourCalm);
    else if (endStream) this.complete();
  }

  #rejectLongBody(): void {
    this.reject(413, `the body is larger than ${this.#session.context.limits.body} bytes`);
  }

  /** The request has ended. */
  complete(): void {
    this.#requestEnded = true;
    if (this.#length !== undefined && this.#length !== this.#received) {
      this.rejectMalformed(`content-length is ${this.#length}, but the body has ${this.#received} bytes`);
      return;
    }
    this.#stopReading();
    const outcome = this.#receiver.handle(this.#head);
    if (outcome instanceof Promise) void outcome.then((resolved) => this.#perform(resolved));
    else this.#perform(outcome);
  }

  /** Responds without handling the request, whatever the peer still sends. */
  reject(status: number, why: string): void {
    this.#stopReading();
    this.#perform(this.#receiver.reject(this.#head, status, why));
  }

  /** Responds before the reset of the stream, as RFC 9113 section 8.1.1 allows. */
  rejectMalformed(problem: string): void {
    this.#resetCode = ERROR_CODE.protocolError;
    this.reject(400, `the request is malformed: ${problem}`);
  }

  #stopReading(): void {
    if (this.#body !== undefined) this.#head.body = this.#body.joined();
    this.#body = undefined;
    if (!this.#reading) return;
    this.#reading = false;
    this.#session.context.deadlines.delete(this);
    this.#session.releaseBuffer(this.#buffered);
  }

  /** The request did not end in time. */
  expire(): void {
    if (this.#reading) this.#abort('client_stalled', ERROR_CODE.cancel);
    this.#session.flush();
  }

  #abort(ended: string, code: ErrorCode): void {
    this.#stopReading();
    this.#receiver.aborted(this.#head, ended);
    this.reset(code);
  }

  /** The peer has reset the stream or disconnected. */
  cancel(): void {
    if (this.#reading) {
      this.#stopReading();
      this.#receiver.aborted(this.#head, 'client_gone');
    }
    this.#close();
  }

  /** Resets the stream after an error of the peer. */
  resetInvalid(code: ErrorCode): void {
    if (this.#reading) this.#abort('bad_framing', code);
    else this.reset(code);
  }

  /** Sends RST_STREAM. */
  reset(code: ErrorCode): void {
    if (this.#closed) return;
    this.#session.reset(this, code);
    this.#close();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.outgoing = undefined;
    if (this.#delayed !== undefined) releaseBody(this.#delayed.body);
    this.#session.forget(this);
    this.#sink?.close();
  }

  #perform(outcome: Outcome): void {
    if (this.#closed) {
      if (outcome.kind === 'response') releaseBody(outcome.body);
      return;
    }
    switch (outcome.kind) {
      case 'response':
        if (outcome.pace === undefined || outcome.pace.delay <= 0) this.#respond(outcome);
        else this.#respondLater(outcome, outcome.pace.delay);
        break;
      case 'reset':
        this.reset(ERROR_CODE.internalError);
        break;
      case 'refused_stream':
        this.reset(ERROR_CODE.refusedStream);
        break;
      case 'goaway':
        this.#session.endUnprocessed(this, outcome.reason);
        break;
      case 'empty_reply':
        this.#session.end();
        break;
      case 'stall':
        this.#timer = setTimeout(() => {
          this.reset(ERROR_CODE.cancel);
          this.#session.flush();
        }, this.#session.context.limits.stall);
        break;
    }
    this.#session.flush();
  }

  #respondLater(response: Response, delay: number): void {
    this.#delayed = response;
    this.#timer = setTimeout(() => {
      this.#delayed = undefined;
      this.#respond(response);
      this.#session.flush();
    }, delay);
  }

  #respond(response: Response): void {
    try {
      this.#send(response);
    } catch (error) {
      releaseBody(response.body);
      this.reset(ERROR_CODE.internalError);
      this.#receiver.notice(this.#head, `cannot send the response: ${messageOf(error)}`);
    }
    if (response.effects !== undefined) this.#session.applyEffects(response.effects);
  }

  #send(response: Response): void {
    const { status, body, pace } = response;
    const known = typeof body === 'string' || body instanceof Uint8Array;
    if (this.#head.method === 'HEAD' || status === 204 || status === 304 || (known && body.length === 0)) {
      this.#session.sendHead(this, response, true);
      if (!known) releaseBody(body);
      this.#finish();
      return;
    }
    this.#session.sendHead(this, response, false);
    // All bytes at once, in one DATA frame with END_STREAM: aioapns parses JSON frame by frame.
    if (known && pace?.bytesPerSecond === undefined) this.#queue(bodyBytes(body)!, true);
    else void this.#stream(known ? pacedBytes(bodyBytes(body)!, pace!.bytesPerSecond!) : body);
  }

  async #stream(body: AsyncIterable<Uint8Array>): Promise<void> {
    this.#sink = new StreamSink((bytes, ends) => {
      if (this.#closed) return true;
      const sent = this.#queue(bytes, ends);
      this.#session.flush();
      return sent;
    });
    const failed = await sendStream(body, this.#sink);
    if (failed === undefined) return;
    this.reset(ERROR_CODE.internalError);
    this.#session.flush();
    this.#receiver.notice(this.#head, `the response ended early: ${messageOf(failed.error)}`);
  }

  #queue(bytes: Uint8Array, ends: boolean): boolean {
    this.outgoing = bytes;
    this.outgoingAt = 0;
    this.outgoingEnds = ends;
    this.#session.sendBody(this);
    return this.outgoing === undefined;
  }

  /** Called when all outgoing bytes are sent. */
  onSent(): void {
    this.outgoing = undefined;
    if (this.outgoingEnds) this.#finish();
    else this.#sink?.drained();
  }

  #finish(): void {
    // The rest of the request is not needed: RFC 9113 section 8.1.
    if (!this.#requestEnded || this.#resetCode !== ERROR_CODE.noError) this.reset(this.#resetCode);
    else this.#close();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const NOTHING = new Uint8Array();

/** The writable end of a body whose bytes are produced while they are sent. */
class StreamSink extends EventEmitter implements BodySink {
  destroyed = false;
  readonly #send: (bytes: Uint8Array, ends: boolean) => boolean;

  /** @param send sends bytes after those before; returns whether all are sent */
  constructor(send: (bytes: Uint8Array, ends: boolean) => boolean) {
    super();
    this.#send = send;
  }

  write(bytes: Uint8Array): boolean {
    return this.#send(bytes, false);
  }

  end(): void {
    this.#send(NOTHING, true);
  }

  drained(): void {
    this.emit('drain');
  }

  close(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

const INITIAL_SIZE = 1024;
const MAX_INITIAL_SIZE = 64 * INITIAL_SIZE;

/** A body that arrives in pieces, in one buffer: many tiny pieces need no more memory than one large piece. */
class GrowingBody {
  #bytes: Buffer;
  #length = 0;

  /** @param expected the declared length, if there is one */
  constructor(expected: number, limit: number) {
    this.#bytes = Buffer.allocUnsafe(Math.min(Math.max(expected, INITIAL_SIZE), limit, MAX_INITIAL_SIZE));
  }

  add(bytes: Buffer, from: number, to: number): void {
    const length = this.#length + to - from;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, length));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    bytes.copy(this.#bytes, this.#length, from, to);
    this.#length = length;
  }

  joined(): Uint8Array {
    const isFull = this.#length * 2 >= this.#bytes.length;
    const bytes = this.#bytes.subarray(0, this.#length);
    return isFull ? bytes : Buffer.from(bytes);
  }
}
