import type { DEP_BEHAVIOR } from '../../../src/services/dep/behavior.ts';
import type { Mdm } from '../mdm.ts';

export type BehaviorName = keyof typeof DEP_BEHAVIOR;

/** How a key shows on the wire: what is seen at its default, and at each other setting. */
export interface BehaviorCase {
  readonly seen: (mdm: Mdm) => Promise<unknown>;
  readonly default: unknown;
  readonly off: readonly (readonly [setting: unknown, seen: unknown])[];
  /** Other members of the scenario that the key needs to be seen at all. */
  readonly scenario?: object;
  /** Other keys that it needs to be seen at all. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

export type BehaviorCases = { readonly [Name in BehaviorName]?: BehaviorCase };
