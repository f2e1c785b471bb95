const SECOND = 1000;
/** Bytes leave at most so often in a second. */
const MOST_PIECES = 20;

/** Bytes at a pace, for a client that shall wait for them. Whoever stops reading stops the clock too. */
export function pacedBytes(
  bytes: Uint8Array,
  bytesPerSecond: number,
): AsyncIterable<Uint8Array> & AsyncIterator<Uint8Array> {
  const size = Math.max(1, Math.ceil(bytesPerSecond / MOST_PIECES));
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
