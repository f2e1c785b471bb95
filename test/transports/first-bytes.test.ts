import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { bufferedBytes, detectProtocol, readServerName } from '../../src/transports/first-bytes.ts';

const PATIENCE = 10_000;

/** A socket whose bytes have arrived in these chunks before anything reads them. */
function arrived(chunks: readonly (string | Uint8Array)[]): Socket {
  const stream = new PassThrough();
  for (const chunk of chunks) stream.write(chunk);
  return stream as unknown as Socket;
}

describe('the first bytes of a socket', () => {
  for (const [protocol, chunks] of [
    ['http2', ['P', 'R', 'I * HTTP/2.0\r\n\r\nSM\r\n\r\n']],
    ['http1', ['P', 'OST / HTTP/1.1\r\n\r\n']],
    ['http1', ['PR', 'OPFIND / HTTP/1.1\r\n\r\n']],
  ] as const) {
    it(`select ${protocol} when they arrive as ${chunks.map((chunk) => JSON.stringify(chunk)).join(', ')}`, async () => {
      const socket = arrived(chunks);
      const detected = await new Promise<string>((resolve) =>
        detectProtocol(socket, { http1: () => resolve('http1'), http2: () => resolve('http2') }, PATIENCE),
      );
      assert.equal(detected, protocol);
      assert.equal(bufferedBytes(socket).toString(), chunks.join(''));
    });
  }

  it('contain the server name of a ClientHello that arrives byte by byte', async () => {
    // A record that is whole and says nothing of a name.
    const record = [0x16, 0x03, 0x01, 0x00, 0x04, 0x01, 0x00, 0x00, 0x00];
    const socket = arrived(record.map((byte) => Uint8Array.of(byte)));
    const name = await new Promise((resolve) => readServerName(socket, PATIENCE, resolve));
    assert.equal(name, null);
    assert.deepEqual([...bufferedBytes(socket)], record);
  });
});
