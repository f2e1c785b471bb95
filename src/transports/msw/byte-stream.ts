/**
 * Bytes that come bit by bit as a stream that MSW can hand over. They are made when somebody reads. A reader who
 * leaves ends their maker too, also one who leaves by its signal, which MSW does not tie to what is mocked.
 */
export function byteStream(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  let leave = (): void => {};
  const end = (): void => signal.removeEventListener('abort', leave);
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        leave = () => {
          controller.error(signal.reason);
          void iterator.return?.();
        };
        signal.addEventListener('abort', leave, { once: true });
      },
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (signal.aborted) return;
        if (!done) {
          controller.enqueue(value);
          return;
        }
        end();
        controller.close();
      },
      async cancel() {
        end();
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
