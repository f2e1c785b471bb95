export type Unit = 'x' | '/s' | 'ms' | 'µs' | 'MB' | '%';

export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  readonly target?: Target | undefined;
  /** How the value was computed. */
  readonly from?: string | undefined;
}

export interface Settings {
  /** Fewer and shorter rounds: to see that everything runs, not to compare. */
  readonly quick: boolean;
}

/** Something is missing on this machine; the message says how to get it. Never counts as met. */
export class Skipped extends Error {}

export interface Comparison {
  readonly name: string;
  readonly about: string;
  run(settings: Settings): Promise<readonly Figure[]>;
}
