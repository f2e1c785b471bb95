/** A user or device: twice its number, plus one for devices. */
export type TargetRef = number;

/** What stands in a slot. */
export interface TakenSlot {
  readonly slot: number;
  readonly asset: number;
  readonly target: TargetRef;
  readonly license: number;
  readonly version: number;
}

/** The table without what can be made of the rest. Plain data. */
export interface TakenSlots {
  /** In the order in which they were taken. */
  readonly taken: readonly TakenSlot[];
  readonly freeSlots: readonly number[];
  /** Of each asset. */
  readonly freeLicenses: readonly (readonly number[])[];
  readonly freed: readonly FreedLicense[];
}

export interface FreedLicense {
  readonly version: number;
  readonly asset: number;
  readonly license: number;
}

export type Column = Int32Array<ArrayBuffer>;

/** The table with all of its columns. Plain data. */
export interface SavedAssignments {
  readonly columns: readonly Column[];
  readonly newest: number;
  readonly firstOfTarget: Column;
  readonly blocks: readonly number[];
  readonly free: readonly number[];
  readonly used: number;
  readonly size: number;
  readonly licenses: readonly (readonly number[] | undefined)[];
  readonly freeLicenses: readonly (readonly number[] | undefined)[];
  readonly freed: readonly FreedLicense[];
}
