import {
  constants,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
  type ServerStreamResponseOptions,
} from 'node:http2';
import { bodyBytes, type Outcome, type Response } from '../../http/outcome.ts';
import { pacedBytes } from '../paced-bytes.ts';
import type { Receiver } from '../receiver.ts';
import { release, sendStream } from '../send-body.ts';
import type { RequestHead } from './request-head.ts';
import { responseFields } from './response-fields.ts';
import type { StreamOwner } from './stream-owner.ts';
import { Temporary } from './underway.ts';

const {
  NGHTTP2_CANCEL,
  NGHTTP2_ENHANCE_YOUR_CALM,
  NGHTTP2_INTERNAL_ERROR,
  NGHTTP2_NO_ERROR,
  NGHTTP2_REFUSED_STREAM,
} = constants;

// Apple's answers have no date field, as far as anybody has shown one.
const HEAD_ONLY: ServerStreamResponseOptions & { readonly sendDate: boolean } = { sendDate: false };
const WHOLE = { ...HEAD_ONLY, endStream: true };

const REQUEST = Symbol('request');

/** A stream knows its request, so that all streams share their listeners: closures would cost more than the rest. */
type AskingStream = ServerHttp2Stream & { [REQUEST]?: StreamRequest | undefined };

function takeChunk(this: AskingStream, chunk: Buffer): void {
  this[REQUEST]?.take(chunk);
}

function finishBody(this: AskingStream): void {
  this[REQUEST]?.finish();
}

function endRequest(this: AskingStream): void {
  this[REQUEST]?.closed();
  // Node holds streams for a while after their end; what hangs on them would be held too.
  this[REQUEST] = undefined;
}

// A stream that breaks is closed too, and the close is enough.
const ignoreError = (): void => {};

/** One request of a stream and its answer. */
export class StreamRequest extends Temporary {
  readonly #session: StreamOwner;
  readonly #stream: AskingStream;
  readonly #head: RequestHead;
  #first: Buffer | undefined;
  #more: Buffer[] | undefined;
  #length = 0;
  #reading = false;

  constructor(session: StreamOwner, stream: ServerHttp2Stream, head: RequestHead) {
    super();
    this.#session = session;
    this.#stream = stream;
    this.#head = head;
    this.#stream[REQUEST] = this;
    stream.on('error', ignoreError);
    stream.on('close', endRequest);
  }

  get #receiver(): Receiver {
    return this.#session.surroundings.receiver;
  }

  /** For a request without a body. */
  complete(): void {
    this.#answer();
  }

  /** Answered by the door itself, whatever may follow. */
  refuse(status: number, why: string): void {
    // Once the answer is out, the rest of the body nobody needs (RFC 9113 section 8.1).
    this.#stream.once('finish', () => this.#stream.close(NGHTTP2_NO_ERROR));
    this.#perform(this.#receiver.refuse(this.#head, status, why));
  }

  read(): void {
    this.#reading = true;
    this.#session.surroundings.underway.add(this);
    this.#stream.on('data', takeChunk);
    this.#stream.on('end', finishBody);
  }

  take(chunk: Buffer): void {
    if (!this.#reading) return;
    if (this.#first === undefined) this.#first = chunk;
    else if (this.#more === undefined) this.#more = [chunk];
    else this.#more.push(chunk);
    this.#length += chunk.length;
    const held = this.#session.hold(chunk.length);
    const { body } = this.#session.surroundings.bounds;
    if (this.#length > body) {
      this.#stopReading();
      this.refuse(413, `a body may have ${body} bytes`);
    } else if (!held) {
      this.#abandon('too_much_at_once', NGHTTP2_ENHANCE_YOUR_CALM);
    }
  }

  finish(): void {
    if (!this.#reading) return;
    // Node ends the body of a stream that broke off as it ends any other.
    if (this.#stream.aborted) {
      this.#abandon('client_gone', NGHTTP2_NO_ERROR);
      return;
    }
    this.#takeBody();
    this.#stopReading();
    this.#answer();
  }

  #takeBody(): void {
    if (this.#first !== undefined) this.#head.body = this.#body(this.#first);
  }

  #body(first: Buffer): Uint8Array {
    return this.#more === undefined
      ? this.#session.kept(first)
      : Buffer.concat([first, ...this.#more], this.#length);
  }

  #stopReading(): void {
    this.#reading = false;
    this.#session.surroundings.underway.delete(this);
    this.#session.release(this.#length);
    this.#first = undefined;
    this.#more = undefined;
  }

  /** The body did not come to its end in time. */
  expire(): void {
    if (this.#reading) this.#abandon('client_stalled', NGHTTP2_CANCEL);
  }

  closed(): void {
    if (this.#reading) this.#abandon('client_gone', NGHTTP2_NO_ERROR);
    this.#session.ended();
  }

  #abandon(ended: string, code: number): void {
    this.#takeBody();
    this.#stopReading();
    this.#receiver.abandon(this.#head, ended);
    if (!this.#stream.destroyed) this.#stream.close(code);
  }

  #answer(): void {
    const outcome = this.#receiver.handle(this.#head);
    if (outcome instanceof Promise) void outcome.then((settled) => this.#perform(settled));
    else this.#perform(outcome);
  }

  #perform(outcome: Outcome): void {
    const stream = this.#stream;
    if (stream.destroyed || stream.closed) {
      if (outcome.kind === 'response') release(outcome.body);
      return;
    }
    switch (outcome.kind) {
      case 'response':
        if (outcome.pace === undefined || outcome.pace.delay <= 0) this.#respond(outcome);
        else this.#respondLater(outcome, outcome.pace.delay);
        break;
      case 'reset':
        stream.close(NGHTTP2_INTERNAL_ERROR);
        break;
      case 'refused_stream':
        stream.close(NGHTTP2_REFUSED_STREAM);
        break;
      case 'goaway':
        this.#session.dismiss(stream, outcome.reason);
        break;
      case 'empty_reply':
        this.#session.end();
        break;
      case 'stall': {
        const timer = setTimeout(() => stream.close(NGHTTP2_CANCEL), this.#session.surroundings.bounds.stall);
        stream.once('close', () => clearTimeout(timer));
        break;
      }
    }
  }

  /** Unless the client leaves meanwhile. */
  #respondLater(response: Response, delay: number): void {
    const leave = (): void => {
      clearTimeout(timer);
      release(response.body);
    };
    const timer = setTimeout(() => {
      this.#stream.off('close', leave);
      this.#respond(response);
    }, delay);
    this.#stream.once('close', leave);
  }

  #respond(response: Response): void {
    try {
      this.#send(response);
    } catch (error) {
      this.#stream.close(NGHTTP2_INTERNAL_ERROR);
      this.#receiver.notice(this.#head, `the answer cannot be sent: ${reasonOf(error)}`);
    }
    if (response.effects !== undefined) this.#session.affect(response.effects);
  }

  #send({ status, headers, body, pace }: Response): void {
    const stream = this.#stream;
    const fields: OutgoingHttpHeaders = responseFields(status, headers);
    const bytes = pace?.bytesPerSecond === undefined ? undefined : bodyBytes(body);
    const known = typeof body === 'string' || body instanceof Uint8Array;
    if (this.#head.method === 'HEAD' || status === 204 || status === 304 || (known && body.length === 0)) {
      stream.respond(fields, WHOLE);
      if (!known) release(body);
    } else if (bytes !== undefined) {
      stream.respond(fields, HEAD_ONLY);
      void sendStream(pacedBytes(bytes, pace!.bytesPerSecond!), stream);
    } else if (known) {
      stream.respond(fields, HEAD_ONLY);
      // In one call, so that it is one DATA frame with END_STREAM: aioapns reads JSON frame by frame.
      stream.end(body);
    } else {
      stream.respond(fields, HEAD_ONLY);
      void sendStream(body, stream).then((failed) => {
        if (failed === undefined) return;
        stream.close(NGHTTP2_INTERNAL_ERROR);
        this.#receiver.notice(this.#head, `the answer broke off: ${reasonOf(failed.error)}`);
      });
    }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
