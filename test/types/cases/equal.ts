/** True where two types are the same to the letter, and not only assignable to each other. */
export type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Takes no type but `true`. */
export type Holds<Proof extends true> = Proof;
