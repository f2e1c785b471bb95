export type Unit = 'x' | '/s' | 'ms' | 'µs' | 'MB' | '%';

export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly target?: Target | undefined;
  /** What the value was made of, in words. */
  readonly from?: string | undefined;
}

export interface Settings {
  /** Fewer and shorter rounds: to see that everything runs, not to compare. */
  readonly quick: boolean;
}

/** Something that this machine lacks; told with the way to get it, and never counted as met. */
export class Skipped extends Error {}

export interface Comparison {
  readonly name: string;
  readonly about: string;
  run(settings: Settings): Promise<readonly Figure[]>;
}
