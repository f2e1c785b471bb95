import type { DEP_BEHAVIOUR } from '../../../src/services/dep/behavior.ts';
import type { Mdm } from '../mdm.ts';

export type BehaviourName = keyof typeof DEP_BEHAVIOUR;

/** How a key shows on the wire: what is seen at its default, and at each other setting. */
export interface BehaviourCase {
  readonly seen: (mdm: Mdm) => Promise<unknown>;
  readonly default: unknown;
  readonly off: readonly (readonly [setting: unknown, seen: unknown])[];
  /** Other members of the scenario that the key needs to be seen at all. */
  readonly scenario?: object;
  /** Other keys that it needs to be seen at all. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

export type BehaviourCases = { readonly [Name in BehaviourName]?: BehaviourCase };
