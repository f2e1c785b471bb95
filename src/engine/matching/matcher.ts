import type { ExchangeView } from './exchange-view.ts';
import { MATCHERS, type Part, shownValue } from './matchers.ts';

/** The types of JSON values. */
export const VALUE_TYPES = ['text', 'number', 'integer', 'boolean', 'list', 'object', 'null'] as const;

export type ValueType = (typeof VALUE_TYPES)[number];

/** Owned by the organization, by the MDM server that sent the request, or by a named MDM server. */
export type Ownership = 'organization' | 'mdm_server' | { readonly mdm_server: string };

export interface Range {
  readonly at_least?: number | undefined;
  readonly at_most?: number | undefined;
}

/** The members of a matcher. All of them must hold. */
export interface MatcherMembers extends Range {
  readonly equals?: unknown;
  readonly not?: Matcher | undefined;
  readonly one_of?: readonly unknown[] | undefined;
  readonly matches?: string | undefined;
  readonly contains?: unknown;
  readonly length?: number | Range | undefined;
  readonly type?: ValueType | undefined;
  readonly serial_of?: Ownership | undefined;
  readonly profile_of?: Ownership | undefined;
  readonly push_magic?: 'of_device' | undefined;
}

/** What a value must be. */
export type Matcher = 'present' | 'absent' | MatcherMembers;

/** With several values at a location: `some` selects an exchange if one value fits, `every` asserts that all fit. */
export type Quantifier = 'some' | 'every';

export interface CompiledMatcher {
  /** Text that follows "must be": `one of "a", "b"`. */
  readonly wanted: string;
  holds(values: readonly unknown[], view: ExchangeView, quantifier: Quantifier): boolean;
  /** Why `every` does not hold, as text; undefined if it holds. */
  difference(values: readonly unknown[], view: ExchangeView): string | undefined;
}

const PRESENT: CompiledMatcher = {
  wanted: 'present',
  holds: (values) => values.length > 0,
  difference: (values) => (values.length > 0 ? undefined : 'it is missing'),
};

const ABSENT: CompiledMatcher = {
  wanted: 'absent',
  holds: (values) => values.length === 0,
  difference: (values) => (values.length === 0 ? undefined : `it is ${shownValue(values[0])}`),
};

/** @throws SyntaxError if `matches` is not a regular expression */
export async function compileMatcher(matcher: Matcher): Promise<CompiledMatcher> {
  if (matcher === 'present') return PRESENT;
  if (matcher === 'absent') return ABSENT;
  const members = Object.entries(matcher).filter(([, argument]) => argument !== undefined);
  const parts = await Promise.all(members.map(([name, argument]) => compileMember(name, argument)));
  if (parts.length === 0) throw new SyntaxError('the matcher is empty');
  return {
    wanted: parts.map(({ wanted }) => wanted).join(' and '),
    holds: (values, view, quantifier) => parts.every((part) => part.holds(values, view, quantifier)),
    difference(values, view) {
      for (const part of parts) {
        const found = part.difference(values, view);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

async function compileMember(name: string, argument: unknown): Promise<CompiledMatcher> {
  if (name === 'not') return negated(argument as Matcher);
  const compile = MATCHERS[name as keyof typeof MATCHERS] as
    | ((argument: unknown) => Part | Promise<Part>)
    | undefined;
  if (compile === undefined) throw new SyntaxError(`no matcher is named ${name}`);
  return quantified(await compile(argument));
}

function quantified({ wanted, fits, wrong }: Part): CompiledMatcher {
  return {
    wanted,
    holds(values, view, quantifier) {
      // A missing value never fits.
      if (values.length === 0) return false;
      const test = fits(view);
      return quantifier === 'some' ? values.some(test) : values.every(test);
    },
    difference(values, view) {
      if (values.length === 0) return 'it is missing';
      const test = fits(view);
      const index = values.findIndex((value) => !test(value));
      return index < 0 ? undefined : (wrong?.(values[index], view) ?? `it is ${shownValue(values[index])}`);
    },
  };
}

/** Holds if there are values and none of them fits. `not: absent` is `present`, and the other way around. */
async function negated(inner: Matcher): Promise<CompiledMatcher> {
  if (inner === 'present') return ABSENT;
  if (inner === 'absent') return PRESENT;
  const { wanted, holds } = await compileMatcher(inner);
  return {
    wanted: `anything but ${wanted}`,
    holds: (values, view) => values.length > 0 && !values.some((value) => holds([value], view, 'every')),
    difference(values, view) {
      if (values.length === 0) return 'it is missing';
      const found = values.find((value) => holds([value], view, 'every'));
      return found === undefined ? undefined : `it is ${shownValue(found)}`;
    },
  };
}
