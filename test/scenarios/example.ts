import type { Mutation } from './mutation.ts';
import type { Story } from './step.ts';

/** A mutation of the story that one expectation must see. */
export interface Failing {
  readonly by: Mutation;
  /** Other expectations that cannot but fail with it. */
  readonly also?: readonly string[] | undefined;
}

/** An example scenario, a scripted MDM server that does well in it, and how it would do badly. */
export interface Example {
  /** Below `scenarios/`, without `.yaml`. */
  readonly scenario: string;
  readonly story: Story;
  /** By the name of the expectation. */
  readonly failing: Readonly<Record<string, Mutation | Failing>>;
}
