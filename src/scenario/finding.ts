/** Something wrong between parts of a file that are each well-formed. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string | undefined;
  /** Point at the key rather than at its value. */
  readonly atKey?: boolean | undefined;
}
