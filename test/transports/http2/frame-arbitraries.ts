import fc from 'fast-check';
import { FLAG, FRAME } from '../../../src/transports/http2/frames.ts';
import { fields, frame } from './frames.ts';
import { setting, windowUpdate } from './peer.ts';

/** Requests ask for `/0` to this. */
export const PATHS = 21;

const octets = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const word = fc.oneof(fc.constantFrom(0, 1, 100, 65_535, 2 ** 31 - 1), fc.nat({ max: 2 ** 31 - 1 }));
const anyStream = fc.nat({ max: 30 });

const words = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, 4 * at);
  return bytes;
};

const text = (value: string): Buffer =>
  Buffer.concat([Buffer.of(Buffer.byteLength(value)), Buffer.from(value)]);

/** Fields that are in order: in no table, into the table, by a number of the static one. */
const goodField = fc.oneof(
  fc.constantFrom(19, 31, 32, 46, 58).map((index) => Buffer.of(0x80 | index)),
  fc
    .tuple(
      fc.constantFrom(0, 0x10, 0x40),
      fc.constantFrom('x-a', 'x-b'),
      fc.string({ unit: fc.constantFrom('a', 'b', '\x7f'), maxLength: 60 }),
    )
    .map(([how, name, value]) => Buffer.concat([Buffer.of(how), text(name), text(value)])),
);
const badField = fc.oneof(
  fc.integer({ min: 1, max: 70 }).map((index) => Buffer.of(0x80 | index)),
  fc
    .constantFrom('te', 'content-length', ':path', 'X', '')
    .map((name) => Buffer.concat([Buffer.of(0x40), text(name), text('1')])),
  fc.constantFrom(Buffer.of(0x20), Buffer.of(0x3f, 0xe1, 0x1f), Buffer.of(0)),
);

const block = fc
  .tuple(
    fc.constantFrom(Buffer.alloc(0), Buffer.of(0x20), Buffer.of(0x3f, 0xe1, 0x1f)),
    fc.nat({ max: PATHS }),
    fc.constantFrom('GET', 'POST', 'POST', 'HEAD'),
    fc.array(fc.oneof({ weight: 30, arbitrary: goodField }, { weight: 1, arbitrary: badField }), {
      maxLength: 3,
    }),
  )
  .map(([resize, path, method, more]) =>
    Buffer.concat([
      resize,
      fields({ ':method': method, ':scheme': 'http', ':path': `/${path}`, ':authority': 'a' }),
      ...more,
    ]),
  );

/** What a peer sends next. `begin` returns the number of a new stream; `streams` are those that it has opened. */
export type Step = (begin: () => number, streams: readonly number[]) => Uint8Array;

const onSome =
  (which: number, make: (stream: number) => Uint8Array): Step =>
  (_begin, streams) =>
    streams.length === 0 ? Buffer.alloc(0) : make(streams.at(-1 - (which % streams.length))!);

const some = fc.nat({ max: 3 });
const piece = fc.oneof(
  octets(40),
  fc.constantFrom(100, 5000, 16_384).map((size) => Buffer.alloc(size)),
);

const request: fc.Arbitrary<Step> = fc.tuple(block, fc.constantFrom(FLAG.endStream, FLAG.endStream, 0)).map(
  ([bytes, flags]) =>
    (begin) =>
      frame(FRAME.headers, flags | FLAG.endHeaders, begin(), bytes),
);

const brokenRequest: fc.Arbitrary<Step> = fc
  .tuple(block, fc.nat({ max: 200 }), fc.constantFrom(FLAG.endStream, 0))
  .map(([bytes, at, flags]) => (begin) => {
    const stream = begin();
    return Buffer.concat([
      frame(FRAME.headers, flags, stream, bytes.subarray(0, at)),
      frame(FRAME.continuation, FLAG.endHeaders, stream, bytes.subarray(at)),
    ]);
  });

const data: fc.Arbitrary<Step> = fc
  .tuple(some, piece, fc.constantFrom(0, 0, FLAG.endStream), fc.option(fc.nat({ max: 255 })))
  .map(([which, bytes, flags, padding]) =>
    onSome(which, (stream) =>
      padding === null || bytes.length + padding > 16_000
        ? frame(FRAME.data, flags, stream, bytes)
        : frame(
            FRAME.data,
            flags | FLAG.padded,
            stream,
            Buffer.concat([Buffer.of(padding), bytes, Buffer.alloc(padding)]),
          ),
    ),
  );

const trailers: fc.Arbitrary<Step> = fc
  .tuple(some, goodField)
  .map(([which, bytes]) =>
    onSome(which, (stream) => frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, stream, bytes)),
  );

const orderly: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: request },
  { weight: 1, arbitrary: brokenRequest },
  { weight: 5, arbitrary: data },
  { weight: 1, arbitrary: trailers },
  fc
    .tuple(some, word)
    .map(([which, code]) => onSome(which, (id) => frame(FRAME.resetStream, 0, id, words(code)))),
  fc.tuple(some, word).map(([which, by]) => onSome(which, (id) => windowUpdate(id, by))),
  fc.constantFrom(1, 1000, 1_000_000, 2 ** 30).map((by) => () => windowUpdate(0, by)),
  fc.constant(() => frame(FRAME.ping, 0, 0, Buffer.alloc(8))),
  fc.constant(() => frame(FRAME.settings, FLAG.ack, 0)),
  fc.tuple(fc.constantFrom(1, 4, 4, 6), fc.constantFrom(0, 1, 100, 65_535, 1_000_000)).map(
    ([name, value]) =>
      () =>
        frame(FRAME.settings, 0, 0, setting(name, value)),
  ),
);

const wild: fc.Arbitrary<Step> = fc.oneof(
  fc.constant(() => frame(FRAME.goaway, 0, 0, words(0, 0))),
  fc.tuple(anyStream, fc.nat({ max: 5 }), block).map(
    ([id, flags, bytes]) =>
      () =>
        frame(FRAME.headers, flags, id, bytes),
  ),
  fc.tuple(anyStream, octets(5)).map(
    ([id, bytes]) =>
      () =>
        frame(FRAME.priority, 0, id, bytes),
  ),
  fc.tuple(anyStream, word).map(
    ([id, by]) =>
      () =>
        windowUpdate(id, by),
  ),
  fc.tuple(fc.integer({ min: 1, max: 7 }), word).map(
    ([name, value]) =>
      () =>
        frame(FRAME.settings, 0, 0, setting(name, value)),
  ),
  fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 255 }), anyStream, octets(20)).map(
    ([type, flags, id, bytes]) =>
      () =>
        frame(type, flags, id, bytes),
  ),
);

/** Frames as a client may send them, and now and then one that none would. */
const steps = (unruly: number): fc.Arbitrary<Step[]> =>
  fc.array(
    unruly === 0
      ? orderly
      : fc.oneof({ weight: 10, arbitrary: orderly }, { weight: unruly, arbitrary: wild }),
    { maxLength: 30, size: 'max' },
  );

const sent = (peer: readonly Step[]): Buffer => {
  const streams: number[] = [];
  const begin = (): number => {
    streams.push(2 * streams.length + 1);
    return streams.at(-1)!;
  };
  return Buffer.concat([
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    frame(FRAME.settings, 0, 0),
    ...peer.map((step) => step(begin, streams)),
  ]);
};

/** All that a peer sends. */
export const conversation: fc.Arbitrary<Buffer> = fc
  .oneof(
    { weight: 3, arbitrary: fc.tuple(steps(0), fc.constant([])) },
    { weight: 1, arbitrary: fc.tuple(steps(3), fc.constant([])) },
    {
      weight: 1,
      arbitrary: fc.tuple(steps(0), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 2 })),
    },
  )
  .map(([peer, spoilt]) => {
    const bytes = sent(peer);
    for (const [at, octet] of spoilt) bytes[at % bytes.length] = octet;
    return bytes;
  });
