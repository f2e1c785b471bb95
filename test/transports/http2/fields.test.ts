import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ConnectionError, ERROR_CODE } from '../../../src/transports/http2/frames.ts';
import { FieldDecoder } from '../../../src/transports/http2/hpack/decoder.ts';
import { encodeFields, maxEncodedLength } from '../../../src/transports/http2/hpack/encoder.ts';
import { CODE_LENGTHS } from '../../../src/transports/http2/hpack/huffman.ts';

const LARGEST_LIST = 64 * 1024;

const bytesOf = (hexadecimal: string): Buffer => Buffer.from(hexadecimal.replaceAll(' ', ''), 'hex');

function decodeAll(blocks: readonly Buffer[], tableSize = 4096): readonly (readonly string[])[] {
  const decoder = new FieldDecoder(tableSize, LARGEST_LIST);
  return blocks.map((block) => {
    decoder.decode(block, 0, block.length);
    return [...decoder.fields];
  });
}

const pairs = (text: string): readonly string[] => text.split('\n').flatMap((line) => line.split(' = '));

/** The requests of RFC 7541 appendices C.3 and C.4, one after the other on a connection. */
const REQUESTS = [
  `:method = GET
:scheme = http
:path = /
:authority = www.example.com`,
  `:method = GET
:scheme = http
:path = /
:authority = www.example.com
cache-control = no-cache`,
  `:method = GET
:scheme = https
:path = /index.html
:authority = www.example.com
custom-key = custom-value`,
].map(pairs);

describe('FieldDecoder', () => {
  it('decodes the examples of RFC 7541 without Huffman code (C.3)', () => {
    const blocks = [
      '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '8286 84be 5808 6e6f 2d63 6163 6865',
      '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
    ].map(bytesOf);
    assert.deepEqual(decodeAll(blocks), REQUESTS);
  });

  it('decodes the examples of RFC 7541 with Huffman code (C.4)', () => {
    const blocks = [
      '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
      '8286 84be 5886 a8eb 1064 9cbf',
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
    ].map(bytesOf);
    assert.deepEqual(decodeAll(blocks), REQUESTS);
  });

  it('evicts entries of a full table as in RFC 7541 (C.6)', () => {
    // The table of the examples has 256 bytes: said here by a size update before the first block.
    const blocks = [
      '3f e1 01 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
      '4883 640e ffc1 c0bf',
      '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
    ].map(bytesOf);
    const [first, second, third] = decodeAll(blocks);
    assert.deepEqual(
      first,
      pairs(
        ':status = 302\ncache-control = private\ndate = Mon, 21 Oct 2013 20:13:21 GMT\nlocation = https://www.example.com',
      ),
    );
    assert.deepEqual(
      second,
      pairs(
        ':status = 307\ncache-control = private\ndate = Mon, 21 Oct 2013 20:13:21 GMT\nlocation = https://www.example.com',
      ),
    );
    assert.deepEqual(third?.slice(0, 8), [
      ...[':status', '200', 'cache-control', 'private', 'date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
      ...['location', 'https://www.example.com'],
    ]);
    assert.equal(third?.at(-1), 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1');
  });

  for (const [what, hexadecimal] of Object.entries({
    'refers to a field that is not there': 'be',
    'refers to field 0': '80',
    'has a table that is larger than allowed': '3f e2 1f',
    'changes the table after a field': '82 20',
    'ends within a text': '00 05 61',
    'ends within a number': '7f 80',
    'has a number without end': '7f ff ff ff ff ff 01',
    'has Huffman code that is filled with zeros': '00 81 18 00',
    'has Huffman code with the end of the string in it': '00 84 ff ff ff ff 00',
  })) {
    it(`throws a ConnectionError if the block ${what}`, () => {
      assert.throws(
        () => decodeAll([bytesOf(hexadecimal)]),
        (error) => error instanceof ConnectionError && error.code === ERROR_CODE.compressionError,
      );
    });
  }

  it('throws nothing but ConnectionError for random blocks', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (blocks) => {
        try {
          decodeAll(blocks.map((block) => Buffer.from(block)));
        } catch (error) {
          assert.ok(error instanceof ConnectionError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('counts the size of the entire list and keeps no more than allowed', () => {
    const decoder = new FieldDecoder(4096, 100);
    // One field of 4 bytes into the table, and then fifty times the same.
    const block = Buffer.concat([bytesOf('40 02 6161 02 6262'), Buffer.alloc(50, 0xbe)]);
    decoder.decode(block, 0, block.length);
    assert.equal(decoder.listSize, 51 * 36);
    assert.equal(decoder.fields.length, 4);
    decoder.decode(bytesOf('be'), 0, 1);
    assert.deepEqual(decoder.fields, ['aa', 'bb']);
  });
});

describe('encodeFields', () => {
  const octets = fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
    maxLength: 300,
  });
  const name = fc.oneof(
    fc.constantFrom('content-type', 'apns-id', 'retry-after', 'www-authenticate', 'x-crabapple-why'),
    fc.stringMatching(/^[a-z0-9-]{1,20}$/).map((text) => `x-${text}`),
  );

  it('encodes what a decoder decodes to the same fields', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.dictionary(name, octets), (status, headers) => {
        const into = Buffer.alloc(maxEncodedLength(headers));
        const end = encodeFields(into, 0, status, headers);
        const expected = [':status', String(status), ...Object.entries(headers).flat()];
        assert.deepEqual(decodeAll([into.subarray(0, end)]), [expected]);
      }),
    );
  });

  for (const [what, status, headers] of [
    ['a status that is none', 999, {}],
    ['a status of an interim answer', 100, {}],
    ['a value with a line end', 200, { 'x-a': 'two\nlines' }],
    ['a value beyond Latin-1', 200, { 'x-a': '🍎' }],
    ['a name with a space', 200, { 'x a': '' }],
    ['a name with capitals', 200, { 'X-A': '' }],
    ['a pseudo-header field', 200, { ':path': '/' }],
  ] as const) {
    it(`throws for ${what}`, () => {
      assert.throws(
        () => encodeFields(Buffer.alloc(maxEncodedLength(headers)), 0, status, headers),
        TypeError,
      );
    });
  }
});

describe('the Huffman code', () => {
  it('is complete: its codes fill the tree', () => {
    assert.equal(CODE_LENGTHS.length, 257);
    assert.equal(
      CODE_LENGTHS.reduce((sum, length) => sum + 2 ** -length, 0),
      1,
    );
  });
});
