import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';

export type CollectedBody =
  | { readonly kind: 'complete'; readonly bytes: Uint8Array }
  | { readonly kind: 'too_large' }
  /** The sender disconnected after these bytes. */
  | { readonly kind: 'incomplete'; readonly bytes: Uint8Array };

const EMPTY: CollectedBody = { kind: 'complete', bytes: new Uint8Array() };

export interface CollectOptions {
  /** The `content-length`, if there is one. */
  readonly declared: number | undefined;
  /** Whether the length is open, as in chunked encoding. */
  readonly open: boolean;
  /** In bytes. */
  readonly limit: number;
}

/** Reads a request body to its end or up to the limit. Calls `done` once, synchronously if there is no body. */
export function collectBody(
  stream: Readable,
  { declared, open, limit }: CollectOptions,
  done: (collected: CollectedBody) => void,
): void {
  if (stream.readableEnded || (declared === undefined ? !open : declared === 0)) {
    done(EMPTY);
    return;
  }
  // A body that is too large is read and dropped: a client that is still sending would not see the response.
  if (declared !== undefined && declared > limit) {
    stream.resume();
    done({ kind: 'too_large' });
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const finish = (collected: CollectedBody): void => {
    stream.off('data', onData).off('end', onEnd).off('close', onClose);
    done(collected);
  };
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else finish({ kind: 'too_large' });
  };
  const onEnd = (): void => finish({ kind: 'complete', bytes: joined(chunks, length) });
  const onClose = (): void => finish({ kind: 'incomplete', bytes: joined(chunks, length) });
  stream.on('data', onData).on('end', onEnd).on('close', onClose);
  // A broken connection emits both error and close.
  stream.on('error', () => {});
}

const joined = (chunks: readonly Buffer[], length: number): Uint8Array =>
  chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);

const INITIAL_SIZE = 1024;
const MAX_INITIAL_SIZE = 64 * INITIAL_SIZE;

/** A body that arrives in pieces, in one buffer: many tiny pieces need no more memory than one large piece. */
export class GrowingBody {
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

/** Where the bytes of a response go. Emits `drain` when it accepts more and `close` when it accepts no more. */
export interface BodySink extends Pick<EventEmitter, 'once' | 'off'> {
  readonly destroyed: boolean;
  /** @returns false if the next write must wait for `drain` */
  write(bytes: Uint8Array): boolean;
  end(): void;
}

/** Ends the source of a body that is not sent. */
export function releaseBody(body: unknown): void {
  const iterator = (body as Partial<AsyncIterable<Uint8Array>>)[Symbol.asyncIterator]?.();
  void iterator?.return?.().then(undefined, () => {});
}

/** Resolves on drain or close. Without an AbortSignal, because thousands may wait. */
const drained = (sink: BodySink): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      sink.off('drain', done);
      sink.off('close', done);
      resolve();
    };
    sink.once('drain', done);
    sink.once('close', done);
  });

/**
 * Writes the bytes of a source as fast as the reader accepts them. When the reader disconnects, the source is ended too.
 *
 * @returns the error of the source; undefined if it had none
 */
export async function sendStream(
  body: AsyncIterable<Uint8Array>,
  sink: BodySink,
): Promise<{ readonly error: unknown } | undefined> {
  const iterator = body[Symbol.asyncIterator]();
  let closed = false;
  const onClose = (): void => {
    closed = true;
    void iterator.return?.().then(undefined, () => {});
  };
  sink.once('close', onClose);
  try {
    for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
      if (closed || sink.destroyed) return undefined;
      if (!sink.write(item.value)) await drained(sink);
    }
    sink.end();
    return undefined;
  } catch (error) {
    return closed ? undefined : { error };
  } finally {
    sink.off('close', onClose);
  }
}

const SECOND = 1000;
/** Writes per second. */
const MAX_WRITES = 20;

/** Emits bytes at a limited rate. The clock stops while the reader does not read. */
export function pacedBytes(
  bytes: Uint8Array,
  bytesPerSecond: number,
): AsyncIterable<Uint8Array> & AsyncIterator<Uint8Array> {
  const size = Math.max(1, Math.ceil(bytesPerSecond / MAX_WRITES));
  const pause = (size * SECOND) / bytesPerSecond;
  let at = 0;
  let stop: (() => void) | undefined;
  const ended = { done: true, value: undefined } as const;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (at >= bytes.length) return Promise.resolve(ended);
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          stop = undefined;
          const value = bytes.subarray(at, at + size);
          at += size;
          resolve({ done: false, value });
        }, pause);
        stop = () => {
          clearTimeout(timer);
          resolve(ended);
        };
      });
    },
    return() {
      at = bytes.length;
      stop?.();
      return Promise.resolve(ended);
    },
  };
}
