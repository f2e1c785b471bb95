import type { Range } from '../engine/matching/matcher-form.ts';
import type { Where } from '../engine/matching/where.ts';
import type { DeclarationDefinition } from './declaration.ts';

/** Where something is written: lines and columns count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Described {
  readonly name?: string | undefined;
}

/** A virtual time after the first exchange of another operation, or of the same one. */
export interface Within {
  /** Milliseconds. */
  readonly time: number;
  /** Operation name; a `*` stands for any characters. */
  readonly after: string;
  /** Selects the exchange from which the time counts. */
  readonly where?: Where | undefined;
}

/** Exchanges of an operation: how many, and what they must be like. */
export interface OperationExpectation extends Described {
  readonly kind: 'operation';
  /** Operation name; a `*` stands for any characters. */
  readonly operation: string;
  /** Selects exchanges; together with `within` it makes what counts as a match. */
  readonly where?: Where | undefined;
  /** Some match satisfies all of them. */
  readonly fields?: Where | undefined;
  /** Every match satisfies all of them. */
  readonly each?: Where | undefined;
  /** At least one match where not given; `never` is at most none. */
  readonly times?: Range | undefined;
  readonly within?: Within | undefined;
}

/** First occurrences in this order; `adjacent`: with nothing of the organization's between them. */
export interface OrderExpectation extends Described {
  readonly kind: 'order';
  readonly operations: readonly string[];
  readonly adjacent: boolean;
}

/** What was sent against what a vendor declares to send. */
export interface DataSentExpectation extends Described {
  readonly kind: 'data_sent';
  readonly declaration: DeclarationDefinition;
  readonly undeclared: 'fail' | 'warn';
  readonly unseen: 'fail' | 'ignore';
}

/** What the system under test must do. Plain data. */
export type ExpectationDefinition = OperationExpectation | OrderExpectation | DataSentExpectation;

export interface PlacedExpectation {
  readonly definition: ExpectationDefinition;
  /** Undefined for one that came as a value, without a file. */
  readonly place: FilePlace | undefined;
}
