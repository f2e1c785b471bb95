import { nearestWord } from '../../engine/matching/nearest-word.ts';
import { type MdmServer, serverNamed } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { ControlError, listed, quoted } from './control-error.ts';

interface About {
  readonly about: string;
}

/** The form of a text. */
interface TextForm {
  /** A regular expression in the dialect of JSON Schema. */
  readonly pattern: string;
  /** How to write it, for a value that does not match. */
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

/** Parameters of every call. */
export const COMMON_PARAMETERS = {
  organization: { kind: 'text', about: 'id of the organization; by default the default organization' },
} as const satisfies QueryShape;

export const pageLimit = (about: string) =>
  ({ kind: 'integer', about, minimum: 1, maximum: 1000, default: 100 }) as const;

export const after = {
  kind: 'integer',
  about: 'only entries with larger numbers',
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  default: 0,
} as const;

export const MDM_SERVER = {
  kind: 'text',
  about: 'name or UUID of the MDM server; by default the first',
} as const;

/** The MDM server of that name or UUID; without a name the first. @throws ControlError */
export function namedServer(organization: Organization, name: string | undefined): MdmServer {
  const server = serverNamed(organization.enrollment, name);
  if (server !== undefined) return server;
  const names = organization.enrollment.servers.map(({ serverName }) => serverName);
  throw new ControlError(
    400,
    name === undefined ? 'the organization has no MDM server' : `there is no MDM server ${quoted(name)}`,
    names.length === 0 ? 'add one to `mdm_servers` of the scenario' : `the MDM servers are ${listed(names)}`,
  );
}

export const LOCATION = {
  kind: 'text',
  about: 'name or uId of the location; by default the first',
} as const;

/** @throws ControlError for an unknown operation, which would never match anything */
export function checkOperationName({ engine }: SimulatedApple, name: string | undefined): void {
  if (name === undefined) return;
  const names = engine.tables.flatMap(({ rows }) => rows.map(({ name }) => name));
  if (names.includes(name)) return;
  const nearest = nearestWord(name, names);
  throw new ControlError(
    400,
    `there is no operation ${quoted(name)}`,
    nearest === undefined
      ? 'GET /_crabapple/openapi.json lists the operations'
      : `did you mean \`${nearest}\`?`,
  );
}

/** @throws ControlError for an unknown or repeated parameter, or an invalid value */
export function readQuery<Shape extends QueryShape>(
  query: string,
  shape: Shape,
): QueryValues<Shape> & QueryValues<typeof COMMON_PARAMETERS> {
  const known: QueryShape = { ...shape, ...COMMON_PARAMETERS };
  const given = new URLSearchParams(query);
  for (const name of new Set(given.keys())) {
    if (!Object.hasOwn(known, name)) {
      const nearest = nearestWord(name, Object.keys(known));
      const hint =
        nearest === undefined
          ? `the parameters are ${listed(Object.keys(known))}`
          : `did you mean \`${nearest}\`?`;
      throw new ControlError(400, `the call has no query parameter ${quoted(name)}`, hint);
    }
    if (given.getAll(name).length > 1)
      throw new ControlError(400, `\`${name}\` is given twice`, 'give it once');
  }
  return Object.fromEntries(
    Object.entries(known).map(([name, parameter]) => [name, readValue(name, parameter, given.get(name))]),
  ) as QueryValues<Shape> & QueryValues<typeof COMMON_PARAMETERS>;
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
  // `?all` without a value means true.
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
    `it must be an integer from ${minimum} to ${maximum}`,
  );
}

function wordOf(name: string, words: readonly string[], given: string): string {
  if (words.includes(given)) return given;
  throw new ControlError(400, `\`${name}\` cannot be ${quoted(given)}`, `it must be one of ${listed(words)}`);
}
