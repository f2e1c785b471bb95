import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FrameReader } from '../../../src/transports/http2/frame-reader.ts';
import { ConnectionError, ERROR_CODE, PREFACE } from '../../../src/transports/http2/frames.ts';
import { frame } from './frames.ts';

const LARGEST = 16_384;

type Seen = readonly [type: number, flags: number, stream: number, payload: string];

function read(pieces: readonly Buffer[]): readonly Seen[] {
  const seen: Seen[] = [];
  const reader = new FrameReader(LARGEST, (type, flags, stream, bytes, from, to) => {
    seen.push([type, flags, stream, bytes.toString('hex', from, to)]);
  });
  for (const piece of pieces) reader.read(piece);
  return seen;
}

describe('FrameReader', () => {
  it('finds the same frames however the bytes are split into chunks', () => {
    const frames = fc.array(
      fc.tuple(
        fc.nat(255),
        fc.nat(255),
        fc.nat(2 ** 31 - 1),
        fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 2000 })),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(frames, fc.array(fc.nat(40), { minLength: 1, maxLength: 30 }), (sent, sizes) => {
        const bytes = Buffer.concat([
          PREFACE,
          ...sent.map(([type, flags, stream, payload]) => frame(type, flags, stream, payload)),
        ]);
        const pieces: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = 1 + sizes[turn % sizes.length]! ** 2;
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        assert.deepEqual(
          read(pieces),
          sent.map(([type, flags, stream, payload]) => [
            type,
            flags,
            stream,
            Buffer.from(payload).toString('hex'),
          ]),
        );
      }),
    );
  });

  it('ignores the reserved bit of the stream identifier', () => {
    const bytes = frame(0, 0, 1);
    bytes[5] = 0x80;
    assert.deepEqual(read([PREFACE, bytes]), [[0, 0, 1, '']]);
  });

  it('accepts frames up to the announced size', () => {
    assert.equal(read([PREFACE, frame(0, 0, 1, Buffer.alloc(LARGEST))]).length, 1);
    const head = frame(0, 0, 1, Buffer.alloc(LARGEST + 1)).subarray(0, 9);
    for (const pieces of [[head], [...head].map((octet) => Buffer.of(octet))])
      assert.throws(
        () => read([PREFACE, ...pieces]),
        (error) => error instanceof ConnectionError && error.code === ERROR_CODE.frameSizeError,
      );
  });

  it('requires the preface', () => {
    for (const pieces of [
      [Buffer.from('PRI * HTTP/2.0\r\n\r\nSN\r\n\r\n')],
      [Buffer.from('PRI'), Buffer.from('OR')],
    ])
      assert.throws(
        () => read(pieces),
        (error) => error instanceof ConnectionError && error.code === ERROR_CODE.protocolError,
      );
  });

  it('ignores everything after stop()', () => {
    let seen = 0;
    const reader = new FrameReader(LARGEST, () => {
      seen += 1;
      reader.stop();
    });
    reader.read(Buffer.concat([PREFACE, frame(0, 0, 1), frame(0, 0, 3), Buffer.of(0)]));
    reader.read(frame(0, 0, 5));
    assert.equal(seen, 1);
  });
});
