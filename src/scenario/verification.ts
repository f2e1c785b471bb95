import type { FaultDefinition } from '../engine/faults/definition.ts';
import type { Direction, PersonalData } from '../engine/fields.ts';
import type { Range } from '../engine/matching/matcher.ts';
import type { Where } from '../engine/matching/where.ts';
import type { Action } from '../organization/actions.ts';

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

/** A place in the requests or responses of an operation where the data of a row appears. */
export interface DeclarationPlace {
  /** Operation name; a `*` stands for any characters. */
  readonly operation: string;
  /** JSONPath that consists of names, numbers and `*`. */
  readonly location: string;
  /** False if Crabapple does not serve the operation yet. */
  readonly served: boolean;
}

/** One piece of data that a vendor declares to exchange with Apple. */
export interface DeclarationRow {
  /** The vendor's own number or id of the row. */
  readonly row: string;
  readonly service: string;
  readonly item: string;
  /** From the MDM's point of view. */
  readonly direction: Direction;
  /** First protocol version that has the data. */
  readonly since?: number | undefined;
  readonly usedFor?: string | undefined;
  readonly personalData: PersonalData;
  readonly note?: string | undefined;
  readonly places: readonly DeclarationPlace[];
}

/** A vendor's published table of the data that it exchanges with Apple. Plain data. */
export interface DeclarationDefinition {
  readonly name: string;
  readonly file: string | undefined;
  readonly source?: string | undefined;
  readonly rows: readonly DeclarationRow[];
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
