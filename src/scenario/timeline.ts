import type { FaultDefinition } from '../engine/faults/definition.ts';
import type { Action } from '../organization/actions.ts';
import type { FilePlace } from './expectation.ts';

/** When an action of the timeline is done. Milliseconds. */
export type TimelineMoment =
  /** At a virtual time. */
  | { readonly kind: 'at'; readonly at: number }
  /** So long after the beginning, on the virtual clock or on the real one. */
  | { readonly kind: 'elapsed'; readonly elapsed: number; readonly clock: 'virtual' | 'real' }
  /** When so many exchanges of an operation have been answered. */
  | { readonly kind: 'traffic'; readonly operation: string; readonly times: number };

/** What goes wrong from then on, or no more. */
export type FaultAction =
  | { readonly set_faults: readonly FaultDefinition[] }
  | { readonly clear_faults: true | readonly string[] };

/** One thing that happens of its own accord. Plain data. */
export interface TimelineEntry {
  readonly moment: TimelineMoment;
  readonly action: Action | FaultAction;
  readonly place: FilePlace | undefined;
}
