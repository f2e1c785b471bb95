import type { ClockCourse } from '../core/clock.ts';
import type { BehaviorSettings } from './behavior.ts';
import type { Change } from './change.ts';
import type { SavedContent } from './content/saved.ts';
import type { SavedEnrollment } from './enrollment/saved.ts';
import type { SavedPush } from './push/saved.ts';

/** When the beginning was, on which dates of what it brings depend. */
export interface Beginning {
  /** Virtual time, milliseconds since the epoch. */
  readonly at: number;
  readonly wallAt: number;
}

/** A change that another one has made due at a virtual time. */
export interface PlannedChange {
  readonly at: number;
  readonly change: Change;
}

/** All that has changed in an organization since its beginning. Plain data, which nobody writes to. */
export interface SavedOrganization {
  readonly begun: Beginning;
  readonly changes: number;
  /** How Apple behaves where that was altered since the beginning. */
  readonly behavior?: BehaviorSettings | undefined;
  readonly enrollment: SavedEnrollment;
  readonly push: SavedPush;
  readonly content: SavedContent;
  readonly planned: readonly PlannedChange[];
  /** Identifiers handed out, by kind. */
  readonly identifiers: readonly (readonly [kind: string, count: number])[];
  readonly clientTimes: readonly (readonly [stamp: string, offset: number])[];
  readonly course: ClockCourse;
  /** Virtual and real time at which it was saved. */
  readonly now: number;
  readonly wallNow: number;
}
