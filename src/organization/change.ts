import type { BehaviorSettings } from './behavior.ts';
import type { ContentChange } from './content/change.ts';
import type { EnrollmentChange } from './enrollment/change.ts';
import type { PushChange } from './push/change.ts';

/** What alters what Apple knows about an organization, by area. Plain data, in the order in which it happened. */
export type Change = EnrollmentChange | PushChange | ContentChange | BehaviorChange;

/** How Apple behaves from now on: the keys that are given, the others as before. */
export interface BehaviorChange {
  readonly type: 'behavior_set';
  readonly settings: BehaviorSettings;
}

/** How each change of an area alters the state of that area. */
export type Appliers<AreaChange extends { readonly type: string }, Context> = {
  readonly [Type in AreaChange['type']]: (
    context: Context,
    change: Extract<AreaChange, { readonly type: Type }>,
  ) => void;
};
