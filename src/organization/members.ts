/**
 * Descriptions of the members of an area. A description is plain data. The compact encoding (snapshots, `--data`), the
 * readable encoding (`state:` of an exported scenario) and the schema of `state:` all derive from it.
 */

type Path = readonly (string | number)[];

/** Names that replace numbers in the readable encoding. */
export interface Names {
  device(ref: number): string | number;
  /** Undefined if there is none. */
  deviceNamed(name: string | number): number | undefined;
  registration(registration: number): string | number;
  registrationNamed(name: string | number): number | undefined;
  server(index: number): string | undefined;
  serverNamed(name: string): number | undefined;
  profile(number: number): string | undefined;
  profileNamed(profileUuid: string): number | undefined;
  /** The readable form of a planned change, and its inverse. */
  plannedChange(change: unknown): unknown;
  changePlanned(written: unknown, path: Path): unknown;
  /** Real time at which the state is written or read, milliseconds since the epoch. */
  readonly wallNow: number;
}

/** Optional parts of every description. */
interface Documented {
  /** One line of documentation. */
  readonly about?: string;
  /** The name in a scenario file if it is not the snake_case form of the member's name. */
  readonly file?: string;
}

/** Members by their names in the program, in the order in which a file is read. */
export type MemberKinds = Readonly<Record<string, Kind>>;

/**
 * A part of the state with its own class, such as the inventory. The class defines the compact form; the readable form
 * has members beside the other members of the area.
 */
export interface StoreKind {
  readonly kind: 'store';
  /** Its members in a file. */
  readonly members: MemberKinds;
  save(state: never): unknown;
  restore(state: never, saved: never): void;
  write(state: never): object;
  /** @throws StateError, with a path from the record that the store is a member of */
  read(state: never, members: never, names: Names): void;
}

export type Kind = Documented &
  (
    | {
        readonly kind: 'text';
        /** Whether it may be empty. */
        readonly empty: boolean;
        readonly form?: { readonly pattern: RegExp; readonly message: string };
      }
    | { readonly kind: 'integer'; readonly least?: number; readonly most?: number }
    | { readonly kind: 'number' }
    | { readonly kind: 'flag' }
    /** Milliseconds since the epoch; a file has text. `never`: infinite if a file leaves it out. */
    | { readonly kind: 'instant'; readonly never: boolean }
    /** Real time in milliseconds since the epoch; a file has the milliseconds that have passed since. */
    | { readonly kind: 'real_instant' }
    | { readonly kind: 'choice'; readonly words: readonly (string | number)[] }
    /** Any mapping of plain data, never altered. */
    | { readonly kind: 'object' }
    /** A value whose form in a file is in the scenario schema under this name. */
    | { readonly kind: 'section'; readonly section: string; readonly write: (value: never) => unknown }
    /** The reference of a device; a file has its serial number. */
    | { readonly kind: 'device' }
    /** The number of a push registration; a file has a serial number, or `SERIAL/user`. */
    | { readonly kind: 'registration' }
    /** The index of an MDM server; a file has its name. */
    | { readonly kind: 'server' }
    /** The number of an enrollment profile; a file has its `profile_uuid`. */
    | { readonly kind: 'profile' }
    /** A change that another one has planned. */
    | { readonly kind: 'planned_change' }
    | { readonly kind: 'optional'; readonly of: Kind }
    | { readonly kind: 'list'; readonly of: Kind; readonly least: number; readonly length?: number }
    | { readonly kind: 'tuple'; readonly of: readonly Kind[] }
    /** A Map. A file has a mapping if `mapping` is set, else a list of pairs. */
    | { readonly kind: 'pairs'; readonly key: Kind; readonly of: Kind; readonly mapping: boolean }
    /** A Map of records by one of their members. A file has a list of the records. */
    | { readonly kind: 'index'; readonly by: string; readonly of: Kind & { readonly kind: 'record' } }
    | { readonly kind: 'set'; readonly of: Kind }
    | { readonly kind: 'record'; readonly members: MemberKinds }
    /** Records that a member with a fixed value distinguishes. Never altered. */
    | { readonly kind: 'one_of'; readonly of: readonly (Kind & { readonly kind: 'record' })[] }
    /** Records that the scenario creates. A file names each by its key, in any order if `order` is not set. */
    | {
        readonly kind: 'each';
        readonly key: string;
        readonly what: string;
        readonly order: boolean;
        readonly members: MemberKinds;
        /** @returns why what a file says does not fit together */
        readonly check?: (record: never) => string | undefined;
      }
    /** Derives from the scenario and never changes: in no encoding. */
    | { readonly kind: 'fixed' }
    /** Dropped by a restore: in no encoding. */
    | { readonly kind: 'transient' }
    /** In the compact encoding only: another section of the scenario file has it. */
    | { readonly kind: 'compact' }
    | StoreKind
  );

/** A description of every value of a type. */
export type Described<Value> = Kind & { readonly says?: (value: Value) => void };

type ValueOf<Description> = Description extends { readonly says?: (value: infer Value) => void }
  ? Value
  : never;

/** A description for each member of a type. */
export type Members<State> = { readonly [Name in keyof State]-?: Described<State[Name]> };

/** A member that may be undefined may be missing. */
type RecordOf<Descriptions> = {
  readonly [Name in keyof Descriptions as undefined extends ValueOf<Descriptions[Name]>
    ? never
    : Name]: ValueOf<Descriptions[Name]>;
} & {
  readonly [Name in keyof Descriptions as undefined extends ValueOf<Descriptions[Name]>
    ? Name
    : never]?: ValueOf<Descriptions[Name]>;
};

/** The same description with a line of documentation. */
export const about = <Description extends Kind>(line: string, description: Description): Description => ({
  ...description,
  about: line,
});

/** The same description under another name in files. */
export const named = <Description extends Kind>(file: string, description: Description): Description => ({
  ...description,
  file,
});

/** Text that is not empty. */
export const text: Described<string> = { kind: 'text', empty: false };
export const anyText: Described<string> = { kind: 'text', empty: true };
export const textLike = (pattern: RegExp, message: string): Described<string> => ({
  kind: 'text',
  empty: false,
  form: { pattern, message },
});
export const count: Described<number> = { kind: 'integer', least: 0 };
export const integer: Described<number> = { kind: 'integer' };
export const number: Described<number> = { kind: 'number' };
export const flag: Described<boolean> = { kind: 'flag' };
export const instant: Described<number> = { kind: 'instant', never: false };
/** Infinity stands for "never". */
export const deadline: Described<number> = { kind: 'instant', never: true };
export const realInstant: Described<number> = { kind: 'real_instant' };
export const object: Described<Readonly<Record<string, unknown>>> = { kind: 'object' };
export const device: Described<number> = { kind: 'device' };
export const registration: Described<number> = { kind: 'registration' };
export const server: Described<number> = { kind: 'server' };
export const profile: Described<number> = { kind: 'profile' };
export const plannedChange: Described<unknown> = { kind: 'planned_change' };
export const fixed: Described<unknown> = { kind: 'fixed' };
export const transient: Described<unknown> = { kind: 'transient' };
export const compact: Described<unknown> = { kind: 'compact' };

/** Position of a source of random numbers. */
export const position: Described<readonly number[]> = {
  kind: 'list',
  of: { kind: 'integer', least: 0, most: 0xffff_ffff },
  least: 4,
  length: 4,
};

export const choice = <const Word extends string | number>(words: readonly Word[]): Described<Word> => ({
  kind: 'choice',
  words,
});

export const optional = <Value>(of: Described<Value>): Described<Value | undefined> => ({
  kind: 'optional',
  of,
  ...(of.about === undefined ? {} : { about: of.about }),
});

export const list = <Value>(of: Described<Value>, least = 0): Described<readonly Value[]> => ({
  kind: 'list',
  of,
  least,
});

export const tuple = <const Kinds extends readonly Kind[]>(
  ...of: Kinds
): Described<{ readonly [Index in keyof Kinds]: ValueOf<Kinds[Index]> }> => ({ kind: 'tuple', of });

export const pairs = <Key, Value>(
  key: Described<Key>,
  of: Described<Value>,
): Described<ReadonlyMap<Key, Value>> => ({ kind: 'pairs', key, of, mapping: false });

export const mapping = <Value>(of: Described<Value>): Described<ReadonlyMap<string, Value>> => ({
  kind: 'pairs',
  key: anyText,
  of,
  mapping: true,
});

export const record = <const Descriptions extends MemberKinds>(
  members: Descriptions,
): Described<RecordOf<Descriptions>> & { readonly kind: 'record' } => ({ kind: 'record', members });

export const index = <Value>(
  by: keyof Value & string,
  of: Described<Value> & { readonly kind: 'record' },
): Described<ReadonlyMap<string, Value>> => ({ kind: 'index', by, of });

export const set = <Value>(of: Described<Value>): Described<ReadonlySet<Value>> => ({ kind: 'set', of });

export const oneOf = <const Kinds extends readonly (Kind & { readonly kind: 'record' })[]>(
  ...of: Kinds
): Described<ValueOf<Kinds[number]>> => ({ kind: 'one_of', of });

/** Records of the initial state, each with a name. */
export const each = <State extends object>(
  what: string,
  key: keyof State & string,
  members: Members<State>,
  {
    order = false,
    check,
  }: { readonly order?: boolean; readonly check?: (record: State) => string | undefined } = {},
): Described<readonly State[]> => ({
  kind: 'each',
  key,
  what,
  order,
  members,
  ...(check === undefined ? {} : { check }),
});

export const section = <Value>(
  name: string,
  write: (value: Value) => unknown = (value) => value,
): Described<Value> => ({ kind: 'section', section: name, write });

/**
 * @typeParam State the record that the store is a member of
 * @typeParam Written its members in a file
 */
export function store<State, Saved, Written extends object>(parts: {
  readonly members: Members<Written>;
  readonly save: (state: State) => Saved;
  /** Into an initial state. */
  readonly restore: (state: State, saved: Saved) => void;
  readonly write: (state: State) => Written;
  /** Reads the members of a file, with one call for each member, in their order. @throws StateError */
  readonly read: (state: State, members: Partial<Written>, names: Names) => void;
}): Described<unknown> {
  return { kind: 'store', ...parts };
}

/** A `state:` that does not fit the rest of the scenario. */
export class StateError extends Error {
  override readonly name = 'StateError';
  /** Members that lead to what is wrong, as a scenario file names them. */
  readonly path: Path;

  constructor(path: Path, message: string) {
    super(message);
    this.path = path;
  }
}
