/** Where the bytes of a response go. Emits `drain` when it accepts more and `close` when it accepts no more. */
export interface BodySink {
  once(event: 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
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
