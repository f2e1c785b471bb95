import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Ends whoever makes the bytes of an answer that nobody will read. */
export function release(body: unknown): void {
  const iterator = (body as Partial<AsyncIterable<Uint8Array>>)[Symbol.asyncIterator]?.();
  void iterator?.return?.().then(undefined, () => {});
}

/**
 * Writes bytes as they come, as fast as the reader takes them. A reader who leaves ends their maker too.
 *
 * @returns what went wrong with the maker, undefined where nothing did
 */
export async function sendStream(
  body: AsyncIterable<Uint8Array>,
  sink: Writable,
): Promise<{ readonly error: unknown } | undefined> {
  const iterator = body[Symbol.asyncIterator]();
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
    void iterator.return?.().then(undefined, () => {});
  };
  sink.once('close', leave);
  try {
    for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
      if (sink.destroyed) return undefined;
      if (!sink.write(item.value)) await once(sink, 'drain', { signal: gone.signal });
    }
    sink.end();
    return undefined;
  } catch (error) {
    return gone.signal.aborted ? undefined : { error };
  } finally {
    sink.off('close', leave);
  }
}
