import { compileMatcher, type Matcher } from './matcher.ts';

/** Locations (JSONPath, RFC 9535) and what must stand there; all of them must hold. */
export type Where = Readonly<Record<string, Matcher>>;

/** The exchange as locations see it: `$.body`, `$.headers`, `$.query`, `$.path`, `$.method`, `$.response`. */
export interface ExchangeView {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly response?: { readonly status: number; readonly headers: object; readonly body: unknown };
}

export type WhereTest = (view: ExchangeView) => boolean;

/** A location that is no JSONPath, or a matcher that cannot be. */
export class WhereError extends Error {
  readonly location: string;

  constructor(location: string, message: string) {
    super(message);
    this.name = 'WhereError';
    this.location = location;
  }
}

/** @throws WhereError */
export async function compileWhere(where: Where): Promise<WhereTest> {
  const { compile } = await import('json-p3');
  const tests = Object.entries(where).map(([location, matcher]) => {
    try {
      return { query: compile(location), test: compileMatcher(matcher) };
    } catch (error) {
      throw new WhereError(location, (error as Error).message);
    }
  });
  return (view) =>
    tests.every(({ query, test }) => {
      try {
        return test(query.query(view as never).values());
      } catch {
        // A body nested deeper than the query may descend matches nothing.
        return false;
      }
    });
}
