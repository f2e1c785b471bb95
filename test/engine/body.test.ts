import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  BodyProblem,
  type BodySchema,
  bodyContent,
  formBody,
  jsonBody,
  plistBody,
  readBody,
} from '../../src/engine/body.ts';
import { PlistError, parsePlist } from '../../src/engine/plist.ts';
import { requestOf } from '../dep/requests.ts';

const read = (text: string, schema: BodySchema): unknown =>
  readBody(requestOf('POST', '/', { body: new TextEncoder().encode(text) }), schema);

const problem = (text: string, schema: BodySchema): string => {
  const found = read(text, schema);
  assert.ok(found instanceof BodyProblem, JSON.stringify(found));
  return found.why;
};

const plist = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">${content}</plist>
`;

const MACHINE = plist(`<dict>
  <key>SERIAL</key><string>C02 &amp; &#65;&#x42;<![CDATA[<raw>]]></string>
  <key>VERSION</key><integer>-26</integer>
  <key>LOAD</key><real>0.5</real>
  <key>SUPERVISED</key><true/>
  <!-- a comment -->
  <key>CERTIFICATE</key><data>
    AQID
  </data>
  <key>SINCE</key><date>2026-03-02T08:00:00Z</date>
  <key>PARTS</key><array><dict><key>id</key><string>a</string></dict><dict/></array>
</dict>`);

describe('bodies in JSON', () => {
  const SCHEMA = jsonBody({ name: 'text', list: ['integer'], data: { attributes: { on: 'boolean' } } });

  it('reads known members at every level, takes null for absent and ignores the rest', () => {
    const text = '{"name":null,"list":[1,2],"data":{"attributes":{"on":true,"more":1},"id":7},"other":{}}';
    assert.deepEqual(read(text, SCHEMA), { list: [1, 2], data: { attributes: { on: true } } });
  });

  for (const [text, why] of [
    ['', 'the body is empty; the call takes a JSON object'],
    ['[]', 'the body must be a JSON object, not a list'],
    ['{"name":1}', '`name` must be text, not number 1'],
    ['{"list":[1,"2"]}', '`list[1]` must be a whole number, not string "2"'],
    ['{"data":{"attributes":{"on":"yes"}}}', '`data.attributes.on` must be true or false, not string "yes"'],
  ] as const)
    it(`says what is wrong with ${text || 'an empty body'}`, () => assert.equal(problem(text, SCHEMA), why));
});

describe('bodies as forms', () => {
  const SCHEMA = formBody({ name: 'text', scope: 'texts' });

  it('decodes parameters; one that appears once is a list of one if the call takes a list', () => {
    assert.deepEqual(read('name=a%20b+c&scope=x&other=1', SCHEMA), { name: 'a b c', scope: ['x'] });
    assert.deepEqual(read('scope=x&scope=y', SCHEMA), { scope: ['x', 'y'] });
  });

  it('rejects a parameter that appears twice if the call takes one, and an empty body', () => {
    assert.equal(problem('name=a&name=b', SCHEMA), '`name` must be text, not a list');
    assert.equal(problem(' ', SCHEMA), 'the body is empty; the call takes a form');
  });

  it('are shown as members', () => {
    assert.deepEqual(bodyContent('a=1&b=2&b=3', 'form'), { a: '1', b: ['2', '3'] });
    assert.equal(bodyContent('a=1', undefined), 'a=1');
  });
});

describe('bodies as property lists', () => {
  const SCHEMA = plistBody({
    SERIAL: 'text',
    VERSION: 'integer',
    LOAD: 'number',
    SUPERVISED: 'boolean',
    CERTIFICATE: 'data',
    SINCE: 'date',
    PARTS: [{ id: 'text' }],
  });

  it('reads every kind of value', () => {
    assert.deepEqual(read(MACHINE, SCHEMA), {
      SERIAL: 'C02 & AB<raw>',
      VERSION: -26,
      LOAD: 0.5,
      SUPERVISED: true,
      CERTIFICATE: Uint8Array.of(1, 2, 3),
      SINCE: new Date('2026-03-02T08:00:00Z'),
      PARTS: [{ id: 'a' }, {}],
    });
  });

  for (const [what, text, why] of [
    [
      'a member of another type',
      plist('<dict><key>SERIAL</key><true/></dict>'),
      /`SERIAL` must be text, not boolean true/,
    ],
    ['a list', plist('<array/>'), /must be a dictionary, not a list/],
    ['JSON', '{"SERIAL":"x"}', /no property list: expected <plist> at character 1/],
    ['text after the end', `${plist('<dict/>')}<plist/>`, /text after <\/plist>/],
    ['a key without value', plist('<dict><key>a</key></dict>'), /expected an element/],
    ['elements that are not closed', '<plist><dict><key>a</key><string>x', /expected <\/string>/],
    ['an unknown element', plist('<dict><key>a</key><uid>1</uid></dict>'), /unknown element <uid>/],
    [
      'entities of its own',
      '<!DOCTYPE plist [<!ENTITY x "y">]><plist><string>&x;</string></plist>',
      /expected <plist>/,
    ],
    ['an unknown entity', plist('<string>&x;</string>'), /unknown entity/],
    ['an integer that is none', plist('<integer>1e9</integer>'), /not a number/],
  ] as const)
    it(`rejects ${what}`, () => assert.match(problem(text, SCHEMA), why));

  it('limits length, depth and number of elements', () => {
    const deep = (levels: number) => plist('<array>'.repeat(levels) + '</array>'.repeat(levels));
    assert.ok(parsePlist(deep(64)));
    assert.throws(() => parsePlist(deep(65)), /deeper than 64 levels/);
    const limits = { length: 200, depth: 2, elements: 3 };
    assert.throws(() => parsePlist(plist('<true/>'.padEnd(300)), limits), /more than 200 characters/);
    assert.throws(
      () => parsePlist('<plist><array><true/><true/><true/></array></plist>', limits),
      /more than 3 elements/,
    );
  });

  it('keeps keys such as __proto__ as keys', () => {
    const value = parsePlist(plist('<dict><key>__proto__</key><string>x</string></dict>'));
    assert.deepEqual(Object.entries(value), [['__proto__', 'x']]);
  });

  it('throws nothing but PlistError, whatever the text is', () => {
    const piece = fc.constantFrom(
      '<plist>',
      '</plist>',
      '<dict>',
      '</dict>',
      '<key>',
      '</key>',
      '<string>',
      '</string>',
      '<array/>',
      '<data>',
      '</data>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&#x110000;',
      '&amp;',
      '<date>',
      '</date>',
      'a',
      ' ',
      '<',
      '=',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          parsePlist(pieces.join(''));
        } catch (error) {
          assert.ok(error instanceof PlistError, String(error));
        }
      }),
    );
  });

  it('reads a megabyte of nearly closed comments in linear time', () => {
    const started = process.cpuUsage().user;
    assert.throws(() => parsePlist('<!-- - '.repeat(150_000)), PlistError);
    assert.ok(process.cpuUsage(undefined).user - started < 5_000_000);
  });
});
