import type { FaultDefinition } from '../engine/faults/definition.ts';
import type { Range } from '../engine/matching/matcher.ts';
import type { Where } from '../engine/matching/where.ts';
import type { Action } from '../organization/actions.ts';
import type { DeclarationDefinition } from './declaration.ts';

/** A place in a file. Lines and columns count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Named {
  readonly name?: string | undefined;
}

/** A period of virtual time after the first exchange of another operation, or of the same one. */
export interface Within {
  /** Milliseconds. */
  readonly time: number;
  /** Operation name. `*` matches any characters. */
  readonly after: string;
  /** Selects the exchange that starts the period. */
  readonly where?: Where | undefined;
}

/** How many exchanges of an operation must come, and what their fields must be. */
export interface OperationExpectation extends Named {
  readonly kind: 'operation';
  /** Operation name. `*` matches any characters. */
  readonly operation: string;
  /** Selects exchanges. A match satisfies `where` and comes `within` the period. */
  readonly where?: Where | undefined;
  /** At least one match must satisfy all of these. */
  readonly fields?: Where | undefined;
  /** Every match must satisfy all of these. */
  readonly each?: Where | undefined;
  /** Default: at least one match. `never` is `at_most: 0`. */
  readonly times?: Range | undefined;
  readonly within?: Within | undefined;
}

/** The first exchanges of several operations come in this order. `adjacent`: without other exchanges between them. */
export interface OrderExpectation extends Named {
  readonly kind: 'order';
  readonly operations: readonly string[];
  readonly adjacent: boolean;
}

/** The MDM sends only what a vendor's declaration lists. */
export interface DataSentExpectation extends Named {
  readonly kind: 'data_sent';
  readonly declaration: DeclarationDefinition;
  readonly undeclared: 'fail' | 'warn';
  readonly unseen: 'fail' | 'ignore';
}

/** What the system under test must do. Plain data. */
export type ExpectationDefinition = OperationExpectation | OrderExpectation | DataSentExpectation;

export interface PlacedExpectation {
  readonly definition: ExpectationDefinition;
  /** Undefined if the expectation came from a value rather than a file. */
  readonly place: FilePlace | undefined;
}

/** When a timeline action runs. Times are in milliseconds. */
export type TimelineMoment =
  /** At a virtual time. */
  | { readonly kind: 'at'; readonly at: number }
  /** After a period since the start, on the virtual clock or on the real one. */
  | { readonly kind: 'elapsed'; readonly elapsed: number; readonly clock: 'virtual' | 'real' }
  /** After a number of exchanges of an operation. */
  | { readonly kind: 'traffic'; readonly operation: string; readonly times: number };

/** Sets faults, or removes them. */
export type FaultAction =
  | { readonly set_faults: readonly FaultDefinition[] }
  | { readonly clear_faults: true | readonly string[] };

/** An action with the moment at which it runs. Plain data. */
export interface TimelineEntry {
  readonly moment: TimelineMoment;
  readonly action: Action | FaultAction;
  readonly place: FilePlace | undefined;
}

/** The expectations and the timeline of a scenario. */
export interface VerificationDefinition {
  readonly expectations: readonly PlacedExpectation[];
  readonly timeline: readonly TimelineEntry[];
  /** True: expectations can pass although no request came. */
  readonly allowSilent: boolean;
}
