import type { Domain } from './domain.ts';

export interface ResponseView {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The exchange as locations see it: `$.body`, `$.headers`, `$.query`, `$.path`, `$.method`, `$.response`. */
export interface ExchangeView {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly response?: ResponseView | undefined;
  /** No location; what matchers that know the domain ask. */
  readonly domain?: Domain | undefined;
}
