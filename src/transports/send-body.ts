import type { EventEmitter } from 'node:events';

/** Where the bytes of an answer go: `drain` tells that it takes more, `close` that it takes none any more. */
export interface BodySink extends Pick<EventEmitter, 'once' | 'off'> {
  readonly destroyed: boolean;
  /** @returns whether it takes more at once */
  write(bytes: Uint8Array): boolean;
  end(): void;
}

/** Ends whoever makes the bytes of an answer that nobody will read. */
export function release(body: unknown): void {
  const iterator = (body as Partial<AsyncIterable<Uint8Array>>)[Symbol.asyncIterator]?.();
  void iterator?.return?.().then(undefined, () => {});
}

/** Until the reader has taken what was written, or has left. Without an AbortSignal: thousands may wait. */
const taken = (sink: BodySink): Promise<void> =>
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
 * Writes bytes as they come, as fast as the reader takes them. A reader who leaves ends their maker too.
 *
 * @returns what went wrong with the maker, undefined where nothing did
 */
export async function sendStream(
  body: AsyncIterable<Uint8Array>,
  sink: BodySink,
): Promise<{ readonly error: unknown } | undefined> {
  const iterator = body[Symbol.asyncIterator]();
  let gone = false;
  const leave = (): void => {
    gone = true;
    void iterator.return?.().then(undefined, () => {});
  };
  sink.once('close', leave);
  try {
    for (let item = await iterator.next(); !item.done; item = await iterator.next()) {
      if (gone || sink.destroyed) return undefined;
      if (!sink.write(item.value)) await taken(sink);
    }
    sink.end();
    return undefined;
  } catch (error) {
    return gone ? undefined : { error };
  } finally {
    sink.off('close', leave);
  }
}
