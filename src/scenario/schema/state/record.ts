import * as z from 'zod/mini';

type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** Members under the names that the program has for them. */
type Renamed<Members> = { [Name in keyof Required<Members> as CamelCase<Name>]: Members[Name] };

const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

type Pairs = readonly (readonly [from: string, to: string])[];

function renamed(record: object, names: Pairs): Readonly<Record<string, unknown>> {
  const given = record as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map(([from, to]) => [to, given[from]]));
}

/** What is not said does not stand in a file. */
const said = (members: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** A mapping of a file that can be read and written: `used_at` there is `usedAt` here. */
export function record<const Shape extends z.core.$ZodShape>(shape: Shape) {
  const names = Object.keys(shape).map((name) => [name, camelCase(name)] as const);
  const back = names.map(([from, to]) => [to, from] as const);
  return z.codec(z.strictObject(shape), z.custom<Renamed<z.output<z.ZodMiniObject<Shape>>>>(), {
    decode: (file) => renamed(file, names) as never,
    encode: (value) => said(renamed(value as object, back)) as never,
  });
}

export const count = z.int().check(z.minimum(0));

/** Where a source of random numbers stands. */
export const position = z.array(z.int().check(z.minimum(0), z.maximum(0xffff_ffff))).check(z.length(4));
