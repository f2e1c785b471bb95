import type { ExchangeView } from './exchange-view.ts';
import { compileLocation } from './location.ts';
import type { Matcher } from './matcher.ts';
import { type CompiledMatcher, compileMatcher, type Quantifier } from './matcher.ts';

export type { ExchangeView } from './exchange-view.ts';

/** Locations (JSONPath, RFC 9535), each with a matcher. All of them must hold. */
export type Where = Readonly<Record<string, Matcher>>;

export type WhereTest = (view: ExchangeView) => boolean;

/** A location is not a JSONPath, or a matcher is invalid. */
export class WhereError extends Error {
  readonly location: string;

  constructor(location: string, message: string) {
    super(message);
    this.name = 'WhereError';
    this.location = location;
  }
}

/** One location with its compiled matcher. */
export interface Clause {
  readonly location: string;
  readonly wanted: string;
  holds(view: ExchangeView, quantifier: Quantifier): boolean;
  /** How the exchange differs, as text; undefined if the matcher holds. */
  difference(view: ExchangeView): string | undefined;
}

/** @throws WhereError */
export function compileClauses(where: Where): Promise<readonly Clause[]> {
  return Promise.all(Object.entries(where).map(([location, matcher]) => compileClause(location, matcher)));
}

async function compileClause(text: string, matcher: Matcher): Promise<Clause> {
  try {
    return clause(text, await compileLocation(text), await compileMatcher(matcher));
  } catch (error) {
    throw new WhereError(text, (error as Error).message);
  }
}

function clause(
  text: string,
  location: Awaited<ReturnType<typeof compileLocation>>,
  { wanted, holds, difference }: CompiledMatcher,
): Clause {
  return {
    location: text,
    wanted,
    holds: (view, quantifier) => holds(location.values(view), view, quantifier),
    difference: (view) => difference(location.values(view), view),
  };
}

/**
 * Whether an error says that a value is nested too deeply: the query has a limit, and other code that descends recursively
 * overflows the stack.
 */
export const isTooDeep = (error: unknown): boolean =>
  error instanceof RangeError || (error as Error).name === 'JSONPathRecursionLimitError';

/** @throws WhereError */
export async function compileWhere(where: Where): Promise<WhereTest> {
  const clauses = await compileClauses(where);
  return (view) => {
    try {
      return clauses.every((each) => each.holds(view, 'some'));
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      // A body that is nested too deeply matches nothing.
      return false;
    }
  };
}
