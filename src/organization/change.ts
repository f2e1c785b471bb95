import type { BehaviorSettings } from '../services/behavior.ts';
import type { ResetPart } from './area.ts';
import type { ContentChange } from './content/change.ts';
import type { EnrollmentChange } from './enrollment/change.ts';
import type { SavedOrganization } from './organization.ts';
import type { PushChange } from './push/change.ts';
import type { RuntimeChange } from './runtime-areas.ts';

/** Changes by area. An area outside of this folder adds its own: `declare module '…/organization/change.ts'`. */
export interface AreaChanges {
  readonly organization: OrganizationChange;
  readonly runtime: RuntimeChange;
  readonly enrollment: EnrollmentChange;
  readonly push: PushChange;
  readonly content: ContentChange;
}

/** A state transition. Plain data. */
export type Change = AreaChanges[keyof AreaChanges];

/** Changes of all areas. */
export type OrganizationChange =
  /** Back to what the scenario describes. */
  | { readonly type: 'state_reset'; readonly part: ResetPart; readonly wallAt: number }
  | {
      readonly type: 'state_restored';
      readonly saved: SavedOrganization;
      /** `then`: the clock continues from when it was saved; `since`: as if it had run on. */
      readonly time: 'then' | 'since';
      readonly wallAt: number;
    };

/** Behavior settings from now on: those that are given, the others as before. */
export interface BehaviorChange {
  readonly type: 'behavior_set';
  readonly settings: BehaviorSettings;
}
