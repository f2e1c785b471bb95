import { nearestWord } from '../../engine/matching/nearest-word.ts';
import { ControlError, listed, quoted } from './control-error.ts';

interface About {
  readonly about: string;
}

/** What a text must look like. */
interface TextForm {
  /** A regular expression, in the dialect of JSON Schema. */
  readonly pattern: string;
  /** How to write it, for whoever wrote something else. */
  readonly hint: string;
}

export type QueryParameter =
  | (About & { readonly kind: 'text'; readonly form?: TextForm })
  | (About & { readonly kind: 'flag' })
  | (About & {
      readonly kind: 'integer';
      readonly minimum: number;
      readonly maximum: number;
      readonly default: number;
    })
  | (About & { readonly kind: 'word'; readonly words: readonly string[] })
  | (About & { readonly kind: 'words'; readonly words: readonly string[] });

export type QueryShape = Readonly<Record<string, QueryParameter>>;

type ValueOf<Parameter> = Parameter extends { readonly kind: 'flag' }
  ? boolean
  : Parameter extends { readonly kind: 'integer' }
    ? number
    : Parameter extends { readonly kind: 'word'; readonly words: readonly (infer Word)[] }
      ? Word | undefined
      : Parameter extends { readonly kind: 'words'; readonly words: readonly (infer Word)[] }
        ? readonly Word[] | undefined
        : string | undefined;

export type QueryValues<Shape extends QueryShape> = { readonly [Name in keyof Shape]: ValueOf<Shape[Name]> };

/** Every call takes it, beside its own. */
export const EVERYWHERE = {
  organization: { kind: 'text', about: 'id of the organization; the default organization where not given' },
} as const satisfies QueryShape;

export const pageLimit = (about: string) =>
  ({ kind: 'integer', about, minimum: 1, maximum: 1000, default: 100 }) as const;

export const after = {
  kind: 'integer',
  about: 'entries with larger numbers only',
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  default: 0,
} as const;

/** @throws ControlError for a name that the call does not know, a repeated one, or a value that does not fit */
export function readQuery<Shape extends QueryShape>(
  query: string,
  shape: Shape,
): QueryValues<Shape> & QueryValues<typeof EVERYWHERE> {
  const known: QueryShape = { ...shape, ...EVERYWHERE };
  const given = new URLSearchParams(query);
  for (const name of new Set(given.keys())) {
    if (!Object.hasOwn(known, name)) {
      const nearest = nearestWord(name, Object.keys(known));
      const hint =
        nearest === undefined ? `it takes ${listed(Object.keys(known))}` : `did you mean \`${nearest}\`?`;
      throw new ControlError(400, `the call has no query parameter ${quoted(name)}`, hint);
    }
    if (given.getAll(name).length > 1)
      throw new ControlError(400, `\`${name}\` is given twice`, 'give it once');
  }
  return Object.fromEntries(
    Object.entries(known).map(([name, parameter]) => [name, readValue(name, parameter, given.get(name))]),
  ) as QueryValues<Shape> & QueryValues<typeof EVERYWHERE>;
}

function readValue(name: string, parameter: QueryParameter, given: string | null): unknown {
  switch (parameter.kind) {
    case 'text':
      return given === null ? undefined : textOf(name, parameter.form, given);
    case 'flag':
      return flagOf(name, given);
    case 'integer':
      return given === null ? parameter.default : integerOf(name, parameter, given);
    case 'word':
      return given === null ? undefined : wordOf(name, parameter.words, given);
    case 'words':
      return given?.split(',').map((word) => wordOf(name, parameter.words, word.trim()));
  }
}

function textOf(name: string, form: TextForm | undefined, given: string): string {
  if (form === undefined || new RegExp(form.pattern, 'u').test(given)) return given;
  throw new ControlError(400, `\`${name}\` is ${quoted(given)}`, form.hint);
}

function flagOf(name: string, given: string | null): boolean {
  if (given === null || given === 'false' || given === '0') return false;
  // `?all` alone says it as well.
  if (given === 'true' || given === '1' || given === '') return true;
  throw new ControlError(400, `\`${name}\` is ${quoted(given)}`, 'it must be true or false');
}

function integerOf(
  name: string,
  { minimum, maximum }: { minimum: number; maximum: number },
  given: string,
): number {
  const value = /^\d{1,16}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new ControlError(
    400,
    `\`${name}\` is ${quoted(given)}`,
    `it must be a whole number from ${minimum} to ${maximum}`,
  );
}

function wordOf(name: string, words: readonly string[], given: string): string {
  if (words.includes(given)) return given;
  throw new ControlError(400, `\`${name}\` has no word ${quoted(given)}`, `the words are ${listed(words)}`);
}
