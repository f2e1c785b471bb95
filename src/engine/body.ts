import { bodyText, formMembers, type HttpRequest, parseBody } from '../core/request.ts';
import { PlistError, parsePlist } from './plist.ts';

/** How a body is written. `form` is `application/x-www-form-urlencoded`; `plist` is an XML property list. */
export type BodyFormat = 'json' | 'form' | 'plist';

interface WordTypes {
  text: string;
  integer: number;
  number: number;
  boolean: boolean;
  object: Readonly<Record<string, unknown>>;
  texts: readonly string[];
  integers: readonly number[];
  objects: readonly Readonly<Record<string, unknown>>[];
  /** Only in property lists. */
  data: Uint8Array;
  /** Only in property lists. */
  date: Date;
}

export type ShapeWord = keyof WordTypes;

/** What a member must be if it is present: a word, an object of members, or a list of one shape. */
export type MemberShape = ShapeWord | BodyShape | readonly [MemberShape];

/**
 * The members that a call reads. All are optional, null counts as absent, and other members are ignored: clients of every
 * age send members of their own, and each service has its own errors for what is missing.
 */
export interface BodyShape {
  readonly [name: string]: MemberShape;
}

type MemberValue<Shape> = Shape extends ShapeWord
  ? WordTypes[Shape]
  : Shape extends readonly [infer Item]
    ? readonly MemberValue<Item>[]
    : BodyValue<Shape>;

export type BodyValue<Shape> = { readonly [Name in keyof Shape]?: MemberValue<Shape[Name]> };

export interface BodySchema<Shape extends BodyShape = BodyShape> {
  readonly format: BodyFormat;
  readonly shape: Shape;
}

/** A JSON object, with nested objects and lists: `{ data: { type: 'text', attributes: { name: 'text' } } }`. */
export const jsonBody = <const Shape extends BodyShape>(shape: Shape): BodySchema<Shape> => ({
  format: 'json',
  shape,
});

/** A form: `text` takes a parameter that appears once, `texts` one that may appear several times. */
export const formBody = <const Shape extends Readonly<Record<string, 'text' | 'texts'>>>(
  shape: Shape,
): BodySchema<Shape> => ({ format: 'form', shape });

/** An XML property list whose top level is a dictionary. */
export const plistBody = <const Shape extends BodyShape>(shape: Shape): BodySchema<Shape> => ({
  format: 'plist',
  shape,
});

/** Says what is wrong with a body. */
export class BodyProblem {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

type Members = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof Date);

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

const listOf =
  (fits: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(fits);

const WORDS: { readonly [Word in ShapeWord]: readonly [fits: (value: unknown) => boolean, shown: string] } = {
  text: [isText, 'text'],
  integer: [Number.isSafeInteger, 'a whole number'],
  number: [Number.isFinite, 'a number'],
  boolean: [isBoolean, 'true or false'],
  object: [isObject, 'an object'],
  texts: [listOf(isText), 'a list of texts'],
  integers: [listOf(Number.isSafeInteger), 'a list of whole numbers'],
  objects: [listOf(isObject), 'a list of objects'],
  data: [(value) => value instanceof Uint8Array, 'data'],
  date: [(value) => value instanceof Date, 'a date'],
};

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return 'data';
  if (value instanceof Date) return 'a date';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value)?.slice(0, 60)}`;
}

/** The known members of a body, or what is wrong with it. */
export function readBody<Shape extends BodyShape>(
  request: HttpRequest,
  { format, shape }: BodySchema<Shape>,
): BodyValue<Shape> | BodyProblem {
  const read = READERS[format](request);
  if (read instanceof BodyProblem) return read;
  const value = format === 'form' ? withLists(read, shape) : read;
  return readMembers(value, shape, '') as BodyValue<Shape> | BodyProblem;
}

const READERS: { readonly [Format in BodyFormat]: (request: HttpRequest) => Members | BodyProblem } = {
  json(request) {
    const body = parseBody(request);
    if (body.kind === 'not_utf8') return new BodyProblem('the body is not UTF-8');
    if (body.kind === 'empty') return new BodyProblem('the body is empty; the call takes a JSON object');
    if (body.kind === 'text') return new BodyProblem(`the body is not JSON: ${body.why}`);
    return isObject(body.value)
      ? body.value
      : new BodyProblem(`the body must be a JSON object, not ${shown(body.value)}`);
  },
  form(request) {
    const text = bodyText(request);
    if (text === undefined) return new BodyProblem('the body is not UTF-8');
    if (text.trim() === '') return new BodyProblem('the body is empty; the call takes a form');
    return formMembers(text);
  },
  plist(request) {
    const text = bodyText(request);
    if (text === undefined) return new BodyProblem('the body is not UTF-8');
    if (text.trim() === '') return new BodyProblem('the body is empty; the call takes a property list');
    try {
      const value = parsePlist(text);
      return isObject(value)
        ? value
        : new BodyProblem(`the property list must be a dictionary, not ${shown(value)}`);
    } catch (error) {
      if (!(error instanceof PlistError)) throw error;
      return new BodyProblem(`the body is no property list: ${error.message}`);
    }
  },
};

/** A parameter of a form that appears once is a list of one if the call takes a list. */
const withLists = (form: Members, shape: BodyShape): Members =>
  Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      shape[name] === 'texts' && isText(value) ? [value] : value,
    ]),
  );

function readMembers(value: Members, shape: BodyShape, above: string): Members | BodyProblem {
  const members: Record<string, unknown> = {};
  for (const name in shape) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined || member === null) continue;
    const read = readMember(member, shape[name]!, above + name);
    if (read instanceof BodyProblem) return read;
    members[name] = read;
  }
  return members;
}

function readMember(value: unknown, shape: MemberShape, path: string): unknown {
  if (typeof shape === 'string') {
    const [fits, wanted] = WORDS[shape];
    return fits(value) ? value : problemOf(path, wanted, value);
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return problemOf(path, 'a list', value);
    const items: unknown[] = [];
    for (const [index, item] of value.entries()) {
      const read = readMember(item, shape[0], `${path}[${index}]`);
      if (read instanceof BodyProblem) return read;
      items.push(read);
    }
    return items;
  }
  return isObject(value) ? readMembers(value, shape, `${path}.`) : problemOf(path, 'an object', value);
}

const isList = (shape: MemberShape): shape is readonly [MemberShape] => Array.isArray(shape);

const problemOf = (path: string, wanted: string, value: unknown): BodyProblem =>
  new BodyProblem(`\`${path}\` must be ${wanted}, not ${shown(value)}`);

/** The body of a request as matchers see it. */
export function requestContent(request: HttpRequest, format: BodyFormat | undefined): unknown {
  if (format === 'form' || format === 'plist') return bodyContent(bodyText(request) ?? '', format);
  const body = parseBody(request);
  return body.kind === 'json' ? body.value : body.kind === 'text' ? body.text : undefined;
}

/**
 * A body as matchers, expectations and the journal show it: members for the three formats, text for anything else;
 * undefined for an empty body.
 */
export function bodyContent(text: string, format: BodyFormat | undefined): unknown {
  if (text === '') return undefined;
  if (format === 'form') return formMembers(text);
  try {
    return format === 'plist' ? parsePlist(text) : JSON.parse(text);
  } catch {
    return text;
  }
}
