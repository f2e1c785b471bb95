import type * as z from 'zod/mini';
import { nearestWord } from '../../engine/matching/nearest-word.ts';
import { knownKeys } from './known-keys.ts';
import type { Path } from './problem.ts';
import type { Wrong } from './problems-at.ts';

type Issue = z.core.$ZodIssue;

/** What a schema finds in a value, in words of the file. */
export function wrongsIn(schema: z.ZodMiniType, value: unknown, issues: readonly Issue[]): readonly Wrong[] {
  const wrongs = issues.flatMap((issue) => wrongsOf(schema, value, issue, []));
  const unique = new Map(
    wrongs.map((wrong) => [`${wrong.path.join('\u0000')}\u0000${wrong.message}`, wrong]),
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

function wordHint(word: unknown, words: readonly unknown[]): string {
  const names = words.map(String);
  const nearest = nearestWord(String(word), names);
  return nearest === undefined ? `it must be one of ${names.join(', ')}` : `did you mean \`${nearest}\`?`;
}

/** A key of another form than that of those that stand beside it. */
function beside(
  key: string,
  given: readonly string[],
  known: readonly string[],
): Pick<Wrong, 'message' | 'hint'> {
  const others = given.filter((other) => known.includes(other)).map((other) => `\`${other}\``);
  return {
    message: `\`${key}\` cannot stand beside ${others.join(' and ')}`,
    hint: 'leave out the one or the other',
  };
}

/** One issue in words of the file; an issue of a union as those of its most fitting branch. */
function wrongsOf(schema: z.ZodMiniType, root: unknown, issue: Issue, above: Path): readonly Wrong[] {
  const path = [...above, ...(issue.path as Path)];
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, path, value);
      const elsewhere = knownKeys(schema, path, undefined);
      return issue.keys.map((key) => ({
        path: [...path, key],
        ...(elsewhere.includes(key) && !known.includes(key)
          ? beside(key, Object.keys(value as object), known)
          : { message: `unknown key \`${key}\``, hint: wordHint(key, known) }),
        atKey: true,
      }));
    }
    case 'invalid_union':
      return branchWrongs(schema, root, issue.errors as readonly (readonly Issue[])[], path, value);
    case 'invalid_value':
      if (value === undefined) return [missing(path)];
      return [{ path, message: `${shown(value)} is not known here`, hint: wordHint(value, issue.values) }];
    case 'invalid_type':
      if (value === undefined) return [missing(path)];
      // A schema that says itself what it wants says it better than the name of a type.
      if (!issue.message.startsWith('Invalid input')) return [{ path, message: issue.message }];
      return [{ path, message: `expected ${NAMES[issue.expected] ?? issue.expected}, got ${nameOf(value)}` }];
    case 'invalid_key':
      return [{ path, message: issue.issues[0]?.message ?? issue.message, atKey: true }];
    case 'too_small':
      if (issue.origin === 'array')
        return [{ path, message: `the list must have at least ${issue.minimum}` }];
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

const missing = (path: Path): Wrong => ({
  path: path.slice(0, -1),
  message: `\`${path.at(-1)}\` is missing`,
  atKey: true,
});

/** How little of a value a branch of a union understands: a key that it does not know weighs most. */
function misfit(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.path.length > 0) return sum + 1;
    if (issue.code === 'unrecognized_keys') return sum + 3 * issue.keys.length;
    // The value is of another kind altogether, unless it is a mapping that this branch takes.
    return sum + (issue.code === 'invalid_type' ? 100 : 10);
  }, 0);
}

function branchWrongs(
  schema: z.ZodMiniType,
  root: unknown,
  branches: readonly (readonly Issue[])[],
  path: Path,
  value: unknown,
): readonly Wrong[] {
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
    return [{ path, message: `${shown(value)} is not known here`, hint: wordHint(value, words) }];
  }
  if (best.cost >= 100)
    return [{ path, message: `this cannot be ${nameOf(value)}`, hint: kindsOf(branches) }];
  const strangers = new Set(
    best.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
    ),
  );
  const all = scalars ? 0 : Object.keys(value as object).length;
  if (all > 0 && strangers.size === all) {
    const known = knownKeys(schema, path, undefined);
    return [...strangers].map((key) => ({
      path: [...path, key],
      message: `unknown key \`${key}\``,
      hint: wordHint(key, known),
      atKey: true,
    }));
  }
  return best.issues.flatMap((issue) => wrongsOf(schema, root, issue, path));
}

function kindsOf(branches: readonly (readonly Issue[])[]): string {
  const kinds = branches
    .flat()
    .flatMap((issue) => (issue.code === 'invalid_type' ? [NAMES[issue.expected] ?? issue.expected] : []));
  return `it must be ${[...new Set(kinds)].join(' or ')}`;
}
