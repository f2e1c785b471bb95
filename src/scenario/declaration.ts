import type { Direction, PersonalData } from '../engine/fields.ts';

/** Where on the wire a row is seen. */
export interface DeclarationPlace {
  /** Operation name; a `*` stands for any characters. */
  readonly operation: string;
  /** JSONPath of names, numbers and `*`. */
  readonly location: string;
  /** False where the operation's service is not served yet. */
  readonly served: boolean;
}

/** One thing that a vendor declares to exchange with Apple. */
export interface DeclarationRow {
  /** The vendor's own number or id of it. */
  readonly row: string;
  readonly service: string;
  readonly item: string;
  /** Seen from the MDM. */
  readonly direction: Direction;
  /** First protocol version that has it. */
  readonly since?: number | undefined;
  readonly usedFor?: string | undefined;
  readonly personalData: PersonalData;
  readonly note?: string | undefined;
  readonly places: readonly DeclarationPlace[];
}

/** A vendor's table of what it exchanges with Apple. Plain data. */
export interface DeclarationDefinition {
  readonly name: string;
  readonly file: string | undefined;
  readonly source?: string | undefined;
  readonly rows: readonly DeclarationRow[];
}

/** A declaration by which nothing is declared: against it, everything that was sent shows. */
export const EMPTY_DECLARATION: DeclarationDefinition = { name: 'no declaration', file: undefined, rows: [] };
