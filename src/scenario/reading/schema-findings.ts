import type * as z from 'zod/mini';
import { didYouMean } from '../../engine/matching/nearest-word.ts';
import type { Finding, Path } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** The issues of a schema as messages in the terms of the file, each with a hint where there is one. */
export function schemaFindings(
  schema: z.ZodMiniType,
  value: unknown,
  issues: readonly Issue[],
): readonly Finding[] {
  const findings = issues.flatMap((issue) => issueFindings(schema, value, issue, []));
  const unique = new Map(
    findings.map((finding) => [`${finding.path.join('\u0000')}\u0000${finding.message}`, finding]),
  );
  return [...unique.values()];
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

const shown = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function nameOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return `${typeof value === 'string' ? 'the text' : 'the value'} ${shown(value)}`;
}

const wordHint = (word: unknown, words: readonly unknown[]): string =>
  didYouMean(String(word), words.map(String));

/** The message for a key that is valid, but not together with the other keys. */
function notTogether(
  key: string,
  given: readonly string[],
  known: readonly string[],
): Pick<Finding, 'message' | 'hint'> {
  const others = given.filter((other) => known.includes(other)).map((other) => `\`${other}\``);
  return {
    message: `\`${key}\` cannot be combined with ${others.join(' and ')}`,
    hint: 'remove one of them',
  };
}

/** The findings of one issue. The issue of a union becomes the issues of the branch that fits best. */
function issueFindings(schema: z.ZodMiniType, root: unknown, issue: Issue, above: Path): readonly Finding[] {
  const path = [...above, ...(issue.path as Path)];
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, path, value);
      const elsewhere = knownKeys(schema, path, undefined);
      return issue.keys.map((key) => ({
        path: [...path, key],
        ...(elsewhere.includes(key) && !known.includes(key)
          ? notTogether(key, Object.keys(value as object), known)
          : { message: `unknown key \`${key}\``, hint: wordHint(key, known) }),
        atKey: true,
      }));
    }
    case 'invalid_union':
      return branchFindings(schema, root, issue.errors as readonly (readonly Issue[])[], path, value);
    case 'invalid_value':
      if (value === undefined) return [missing(path)];
      return [{ path, message: `unknown value ${shown(value)}`, hint: wordHint(value, issue.values) }];
    case 'invalid_type':
      if (value === undefined) return [missing(path)];
      // A message of the schema's own says more than the name of a type.
      if (!issue.message.startsWith('Invalid input')) return [{ path, message: issue.message }];
      return [{ path, message: `expected ${NAMES[issue.expected] ?? issue.expected}, got ${nameOf(value)}` }];
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? issue.message, atKey: true }];
    case 'too_small':
      if (issue.origin === 'array')
        return [
          { path, message: `the list needs at least ${issue.minimum} item${issue.minimum === 1 ? '' : 's'}` },
        ];
      return [
        {
          path,
          message:
            issue.origin === 'string'
              ? issue.message
              : `must be at least ${issue.minimum}, not ${shown(value)}`,
        },
      ];
    case 'too_big':
      return [{ path, message: `must be at most ${issue.maximum}, not ${shown(value)}` }];
    default:
      return [{ path, message: issue.message }];
  }
}

const missing = (path: Path): Finding => ({
  path: path.slice(0, -1),
  message: `\`${path.at(-1)}\` is missing`,
  atKey: true,
});

/** How badly a branch of a union fits a value. An unknown key costs most. */
function misfit(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.path.length > 0) return sum + 1;
    if (issue.code === 'unrecognized_keys') return sum + 3 * issue.keys.length;
    // The value is of another type.
    return sum + (issue.code === 'invalid_type' ? 100 : 10);
  }, 0);
}

function branchFindings(
  schema: z.ZodMiniType,
  root: unknown,
  branches: readonly (readonly Issue[])[],
  path: Path,
  value: unknown,
): readonly Finding[] {
  const words = branches.flatMap((issues) =>
    issues.flatMap((issue) =>
      issue.code === 'invalid_value' && issue.path.length === 0 ? issue.values : [],
    ),
  );
  const ranked = branches
    .map((issues) => ({ issues, cost: misfit(issues) }))
    .sort((one, other) => one.cost - other.cost);
  const best = ranked[0]!;
  const scalars = typeof value !== 'object' || value === null;
  if (scalars && words.length > 0) {
    return [{ path, message: `unknown value ${shown(value)}`, hint: wordHint(value, words) }];
  }
  if (best.cost >= 100) return [{ path, message: `expected ${kindsOf(branches)}, got ${nameOf(value)}` }];
  const unknownKeys = new Set(
    best.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
    ),
  );
  const all = scalars ? 0 : Object.keys(value as object).length;
  if (all > 0 && unknownKeys.size === all) {
    const known = knownKeys(schema, path, undefined);
    return [...unknownKeys].map((key) => ({
      path: [...path, key],
      message: `unknown key \`${key}\``,
      hint: wordHint(key, known),
      atKey: true,
    }));
  }
  return best.issues.flatMap((issue) => issueFindings(schema, root, issue, path));
}

function kindsOf(branches: readonly (readonly Issue[])[]): string {
  const kinds = branches
    .flat()
    .flatMap((issue) => (issue.code === 'invalid_type' ? [NAMES[issue.expected] ?? issue.expected] : []));
  return [...new Set(kinds)].join(' or ');
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly innerType?: z.ZodMiniType;
  readonly in?: z.ZodMiniType;
  readonly element?: z.ZodMiniType;
  readonly valueType?: z.ZodMiniType;
  readonly options?: readonly z.ZodMiniType[];
}

const definitionOf = (schema: z.ZodMiniType): Definition => schema.def as unknown as Definition;

/** The object schemas that are possible at a path. */
function objectsAt(schema: z.ZodMiniType, path: Path): readonly Definition[] {
  const definition = definitionOf(schema);
  const inner = definition.innerType ?? definition.in;
  if (inner !== undefined) return objectsAt(inner, path);
  if (definition.options !== undefined)
    return definition.options.flatMap((option) => objectsAt(option, path));
  const [step, ...rest] = path;
  if (definition.shape !== undefined) {
    if (step === undefined) return [definition];
    const member = Object.hasOwn(definition.shape, step) ? definition.shape[step] : undefined;
    return member === undefined ? [] : objectsAt(member, rest);
  }
  const element = definition.element ?? definition.valueType;
  return element !== undefined && step !== undefined ? objectsAt(element, rest) : [];
}

/** The keys that a mapping at a path can have. Of several forms, those of the form that shares most keys with the value. */
function knownKeys(schema: z.ZodMiniType, path: Path, value: unknown): readonly string[] {
  const forms = objectsAt(schema, path).map(({ shape }) => Object.keys(shape!));
  const given = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const shared = (form: readonly string[]): number => given.filter((key) => form.includes(key)).length;
  const best = forms.toSorted((one, other) => shared(other) - shared(one))[0];
  return best !== undefined && shared(best) > 0 ? best : [...new Set(forms.flat())];
}
