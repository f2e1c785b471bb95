import { bodyBytes, type Outcome, type Response } from '../../core/outcome.ts';
import { pacedBytes } from '../paced-bytes.ts';
import type { Receiver } from '../receiver.ts';
import { release, sendStream } from '../send-body.ts';
import { ERROR_CODE, type ErrorCode } from './frames/error-code.ts';
import { GrowingBody } from './growing-body.ts';
import type { RequestHead } from './request-head.ts';
import type { StreamOwner } from './stream-owner.ts';
import { StreamSink } from './stream-sink.ts';
import { Temporary } from './underway.ts';

/** One stream: a request and its answer. */
export class Stream extends Temporary {
  readonly id: number;
  /** How many bytes of a body the peer takes now. */
  sendWindow: number;
  /** How many bytes of a body the peer may send now. */
  receiveWindow: number;
  /** What is to be sent, from `outgoingAt` on. */
  outgoing: Uint8Array | undefined;
  outgoingAt = 0;
  /** Whether the answer ends with it. */
  outgoingEnds = false;

  readonly #session: StreamOwner;
  readonly #head: RequestHead;
  /** As the request says it. */
  readonly #length: number | undefined;
  #body: GrowingBody | undefined;
  #received = 0;
  #held = 0;
  #reading = false;
  #requestEnded = false;
  #closed = false;
  /** Said with RST_STREAM after the answer, where the request is not ended or was none. */
  #verdict: ErrorCode = ERROR_CODE.noError;
  #sink: StreamSink | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** What waits to be sent, and is let go of where the stream ends before. */
  #waiting: Response | undefined;

  constructor(
    session: StreamOwner,
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

  get #receiver(): Receiver {
    return this.#session.surroundings.receiver;
  }

  get isReading(): boolean {
    return this.#reading;
  }

  get isWhole(): boolean {
    return this.#requestEnded;
  }

  /** The body is still to come. */
  read(): void {
    this.#reading = true;
    this.#session.surroundings.underway.add(this);
  }

  take(bytes: Buffer, from: number, to: number, endStream: boolean): void {
    const size = to - from;
    if (endStream && this.#received === 0) {
      this.#received = size;
      if (size > this.#session.surroundings.bounds.body) this.#refuseLongBody();
      else {
        if (size > 0) this.#head.body = this.#session.kept(bytes, from, to);
        this.complete();
      }
      return;
    }
    const { body } = this.#session.surroundings.bounds;
    const held = this.#session.hold(size);
    this.#held += size;
    this.#received += size;
    if (this.#received > body) {
      this.#refuseLongBody();
      return;
    }
    if (size > 0) {
      this.#body ??= new GrowingBody(this.#length ?? size, body);
      this.#body.add(bytes, from, to);
    }
    if (!held) this.#abandon('too_much_at_once', ERROR_CODE.enhanceYourCalm);
    else if (endStream) this.complete();
  }

  #refuseLongBody(): void {
    this.refuse(413, `a body may have ${this.#session.surroundings.bounds.body} bytes`);
  }

  /** The request is whole. */
  complete(): void {
    this.#requestEnded = true;
    if (this.#length !== undefined && this.#length !== this.#received) {
      this.refuseMalformed(`content-length is ${this.#length}, and the body has ${this.#received} bytes`);
      return;
    }
    this.#stopReading();
    const outcome = this.#receiver.handle(this.#head);
    if (outcome instanceof Promise) void outcome.then((settled) => this.#perform(settled));
    else this.#perform(outcome);
  }

  /** Answered by the transport itself, whatever may follow. */
  refuse(status: number, why: string): void {
    this.#stopReading();
    this.#perform(this.#receiver.refuse(this.#head, status, why));
  }

  /** RFC 9113 section 8.1.1: an answer may come before the stream is reset. */
  refuseMalformed(problem: string): void {
    this.#verdict = ERROR_CODE.protocolError;
    this.refuse(400, `the request is malformed: ${problem}`);
  }

  #stopReading(): void {
    if (this.#body !== undefined) this.#head.body = this.#body.whole();
    this.#body = undefined;
    if (!this.#reading) return;
    this.#reading = false;
    this.#session.surroundings.underway.delete(this);
    this.#session.release(this.#held);
  }

  /** The body did not come to its end in time. */
  expire(): void {
    if (this.#reading) this.#abandon('client_stalled', ERROR_CODE.cancel);
    this.#session.flush();
  }

  #abandon(ended: string, code: ErrorCode): void {
    this.#stopReading();
    this.#receiver.abandon(this.#head, ended);
    this.fail(code);
  }

  /** The peer has reset the stream, or is gone. */
  canceled(): void {
    if (this.#reading) {
      this.#stopReading();
      this.#receiver.abandon(this.#head, 'client_gone');
    }
    this.#close();
  }

  /** What the peer has sent is wrong. */
  break(code: ErrorCode): void {
    if (this.#reading) this.#abandon('bad_framing', code);
    else this.fail(code);
  }

  /** RST_STREAM, and nothing else. */
  fail(code: ErrorCode): void {
    if (this.#closed) return;
    this.#session.reset(this, code);
    this.#close();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.outgoing = undefined;
    if (this.#waiting !== undefined) release(this.#waiting.body);
    this.#session.forget(this);
    this.#sink?.close();
  }

  #perform(outcome: Outcome): void {
    if (this.#closed) {
      if (outcome.kind === 'response') release(outcome.body);
      return;
    }
    switch (outcome.kind) {
      case 'response':
        if (outcome.pace === undefined || outcome.pace.delay <= 0) this.#respond(outcome);
        else this.#respondLater(outcome, outcome.pace.delay);
        break;
      case 'reset':
        this.fail(ERROR_CODE.internalError);
        break;
      case 'refused_stream':
        this.fail(ERROR_CODE.refusedStream);
        break;
      case 'goaway':
        this.#session.dismiss(this, outcome.reason);
        break;
      case 'empty_reply':
        this.#session.end();
        break;
      case 'stall':
        this.#timer = setTimeout(() => {
          this.fail(ERROR_CODE.cancel);
          this.#session.flush();
        }, this.#session.surroundings.bounds.stall);
        break;
    }
    this.#session.flush();
  }

  #respondLater(response: Response, delay: number): void {
    this.#waiting = response;
    this.#timer = setTimeout(() => {
      this.#waiting = undefined;
      this.#respond(response);
      this.#session.flush();
    }, delay);
  }

  #respond(response: Response): void {
    try {
      this.#send(response);
    } catch (error) {
      release(response.body);
      this.fail(ERROR_CODE.internalError);
      this.#receiver.notice(this.#head, `the answer cannot be sent: ${reasonOf(error)}`);
    }
    if (response.effects !== undefined) this.#session.affect(response.effects);
  }

  #send(response: Response): void {
    const { status, body, pace } = response;
    const known = typeof body === 'string' || body instanceof Uint8Array;
    if (this.#head.method === 'HEAD' || status === 204 || status === 304 || (known && body.length === 0)) {
      this.#session.sendHead(this, response, true);
      if (!known) release(body);
      this.#answered();
      return;
    }
    this.#session.sendHead(this, response, false);
    // In one call, so that it is one DATA frame with END_STREAM: aioapns reads JSON frame by frame.
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
    this.fail(ERROR_CODE.internalError);
    this.#session.flush();
    this.#receiver.notice(this.#head, `the answer broke off: ${reasonOf(failed.error)}`);
  }

  #queue(bytes: Uint8Array, ends: boolean): boolean {
    this.outgoing = bytes;
    this.outgoingAt = 0;
    this.outgoingEnds = ends;
    this.#session.sendBody(this);
    return this.outgoing === undefined;
  }

  /** Told when all that was to be sent has been. */
  sent(): void {
    this.outgoing = undefined;
    if (this.outgoingEnds) this.#answered();
    else this.#sink?.drained();
  }

  #answered(): void {
    // What is still to come of the request nobody needs: RFC 9113 section 8.1.
    if (!this.#requestEnded || this.#verdict !== ERROR_CODE.noError) this.fail(this.#verdict);
    else this.#close();
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
