import { type HttpRequest, parseBody } from '../core/request.ts';

/** What a member of a JSON body must be where it is there at all; null counts as absent, as Apple's clients use it. */
export type MemberShape = 'text' | 'integer' | 'boolean' | 'texts' | 'object' | 'objects' | 'integers';

/** The members that a call knows. Others are ignored, since clients of every age send members of their own. */
export type BodyShape = Readonly<Record<string, MemberShape>>;

interface ShapeTypes {
  text: string;
  integer: number;
  boolean: boolean;
  texts: readonly string[];
  object: Readonly<Record<string, unknown>>;
  objects: readonly Readonly<Record<string, unknown>>[];
  integers: readonly number[];
}

export type Members<Shape extends BodyShape> = { readonly [Name in keyof Shape]?: ShapeTypes[Shape[Name]] };

/** In plain words what is wrong with a body. */
export class BodyProblem {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const FITS: { readonly [Kind in MemberShape]: (value: unknown) => boolean } = {
  text: isText,
  integer: Number.isSafeInteger,
  boolean: (value) => typeof value === 'boolean',
  texts: (value) => Array.isArray(value) && value.every(isText),
  object: isObject,
  objects: (value) => Array.isArray(value) && value.every(isObject),
  integers: (value) => Array.isArray(value) && value.every(Number.isSafeInteger),
};

const WORDS: { readonly [Kind in MemberShape]: string } = {
  text: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  texts: 'a list of texts',
  object: 'an object',
  objects: 'a list of objects',
  integers: 'a list of whole numbers',
};

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value)?.slice(0, 60)}`;
}

/** The known members of a JSON body, or what is wrong with it. */
export function readBody<Shape extends BodyShape>(
  request: HttpRequest,
  shape: Shape,
): Members<Shape> | BodyProblem {
  const body = parseBody(request);
  if (body.kind === 'not_utf8') return new BodyProblem('the body is not UTF-8');
  if (body.kind === 'empty') return new BodyProblem('the body is empty; the call takes a JSON object');
  if (body.kind === 'text') return new BodyProblem(`the body is not JSON: ${body.why}`);
  const { value } = body;
  if (!FITS.object(value)) return new BodyProblem(`the body must be a JSON object, not ${nameOf(value)}`);
  const members: Record<string, unknown> = {};
  for (const name in shape) {
    const member = Object.hasOwn(value as object, name)
      ? (value as Record<string, unknown>)[name]
      : undefined;
    if (member === undefined || member === null) continue;
    const kind = shape[name]!;
    if (!FITS[kind](member))
      return new BodyProblem(`\`${name}\` must be ${WORDS[kind]}, not ${nameOf(member)}`);
    members[name] = member;
  }
  return members as Members<Shape>;
}
