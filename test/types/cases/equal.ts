/** True if two types are identical; assignable to each other is not enough. */
export type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Accepts only `true`. */
export type Holds<Proof extends true> = Proof;
