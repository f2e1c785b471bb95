import type { ClockCourse } from '../../core/clock.ts';
import type { SavedFault } from '../../engine/faults/fault-table.ts';
import type { ScenarioDefinition } from '../../engine/tenant.ts';
import type { AppliedChange } from '../../organization/organization.ts';
import type { VerificationDefinition } from '../../scenario/verification.ts';
import type { TimelineProgress } from '../../verify/timeline.ts';
import type { Snapshot } from '../snapshot.ts';

/** First entry of a file: the organization whole, as it was when the file was begun. */
export interface Begun {
  readonly kind: 'begun';
  readonly id: string;
  /** Organizations come back in this order. */
  readonly order: number;
  readonly isDefault: boolean;
  readonly file: string | undefined;
  readonly scenario: ScenarioDefinition;
  readonly verification: VerificationDefinition;
  readonly document: object | undefined;
  readonly snapshot: Snapshot;
  readonly shelf: readonly (readonly [name: string, Snapshot])[];
}

/** What stands beside the changes, each part where it has altered. */
export interface Aside {
  readonly identifiers: readonly (readonly [kind: string, count: number])[];
  /** Position of the ids that the push service generates. */
  readonly pushIds: readonly number[];
  readonly course: ClockCourse;
  readonly faults: readonly SavedFault[];
  readonly serverFaults: readonly SavedFault[];
  readonly timeline: TimelineProgress;
  readonly isDefault: boolean;
}

/** What one request did, or something that happened of its own accord. */
export interface Done {
  readonly kind: 'done';
  readonly changes: readonly AppliedChange[];
  readonly clientTimes: readonly (readonly [stamp: string, offset: number])[];
  readonly aside: Partial<Aside>;
}

/** A named snapshot that was taken or, without one, forgotten. */
export interface Shelved {
  readonly kind: 'shelved';
  readonly name: string;
  readonly snapshot: Snapshot | undefined;
}

export type Entry = Begun | Done | Shelved;
