import { preciseInstant } from '../core/clock.ts';
import { type Kind, type MemberKinds, type Names, StateError } from './members.ts';

type Path = readonly (string | number)[];
type Fields = Record<string, unknown>;
type Entry = readonly [unknown, unknown];

/** The compact form of members: plain data without mutable parts of the state. */
export function saveMembers(members: MemberKinds, state: object): Fields {
  const saved: Fields = {};
  for (const [name, kind] of Object.entries(members)) {
    if (kind.kind === 'fixed' || kind.kind === 'transient') continue;
    saved[name] = kind.kind === 'store' ? kind.save(state as never) : save(kind, (state as Fields)[name]);
  }
  return saved;
}

/** Restores members into an initial state. */
export function restoreMembers(members: MemberKinds, state: object, saved: object): void {
  for (const [name, kind] of Object.entries(members)) {
    const value = (saved as Fields)[name];
    switch (kind.kind) {
      case 'fixed':
      case 'transient':
        break;
      case 'store':
        kind.restore(state as never, value as never);
        break;
      case 'each':
        (value as readonly object[]).forEach((one, place) => {
          const record = ((state as Fields)[name] as readonly object[])[place];
          if (record !== undefined) restoreMembers(kind.members, record, one);
        });
        break;
      default:
        (state as Fields)[name] = load(kind, value);
    }
  }
}

function save(kind: Kind, value: unknown): unknown {
  switch (kind.kind) {
    case 'optional':
      return value === undefined ? undefined : save(kind.of, value);
    case 'list':
      return (value as readonly unknown[]).map((item) => save(kind.of, item));
    case 'pairs':
      return [...(value as ReadonlyMap<unknown, unknown>)].map(([key, item]) => [key, save(kind.of, item)]);
    case 'index':
      return [...(value as ReadonlyMap<unknown, unknown>).values()].map((item) => save(kind.of, item));
    case 'set':
      return [...(value as ReadonlySet<unknown>)];
    case 'record':
      return saveMembers(kind.members, value as object);
    case 'each':
      return (value as readonly object[]).map((one) => saveMembers(kind.members, one));
    default:
      return value;
  }
}

function load(kind: Kind, saved: unknown): unknown {
  switch (kind.kind) {
    case 'optional':
      return saved === undefined ? undefined : load(kind.of, saved);
    case 'list':
      return (saved as readonly unknown[]).map((item) => load(kind.of, item));
    case 'pairs':
      return new Map((saved as readonly Entry[]).map(([key, item]) => [key, load(kind.of, item)]));
    case 'index':
      return new Map((saved as readonly Fields[]).map((item) => [item[kind.by], load(kind.of, item)]));
    case 'set':
      return new Set(saved as readonly unknown[]);
    case 'record':
      return Object.fromEntries(
        Object.entries(kind.members).map(([name, of]) => [name, load(of, (saved as Fields)[name])]),
      );
    default:
      return saved;
  }
}

/** `usedAt` in the program is `used_at` in a file. */
export const fileName = (name: string, { file }: Pick<Kind, 'file'>): string =>
  file ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isHidden = ({ kind }: Kind): boolean => kind === 'fixed' || kind === 'transient' || kind === 'compact';

/** The members in a file. Those of stores are beside the others. */
export function fileMembers(members: MemberKinds): readonly (readonly [name: string, kind: Kind])[] {
  return Object.entries(members).flatMap(([name, kind]) => {
    if (isHidden(kind)) return [];
    return kind.kind === 'store' ? fileMembers(kind.members) : [[name, kind] as const];
  });
}

/** The readable form of members. */
export function writeMembers(members: MemberKinds, state: object, names: Names): Fields {
  const written: Fields = {};
  for (const [name, kind] of Object.entries(members)) {
    if (isHidden(kind)) continue;
    if (kind.kind === 'store') {
      Object.assign(written, writeMembers(kind.members, kind.write(state as never), names));
      continue;
    }
    const value = write(kind, (state as Fields)[name], names);
    if (value !== undefined) written[fileName(name, kind)] = value;
  }
  return written;
}

function write(kind: Kind, value: unknown, names: Names): unknown {
  switch (kind.kind) {
    case 'instant':
      return Number.isFinite(value) ? preciseInstant(value as number) : undefined;
    case 'real_instant':
      return Math.max(0, names.wallNow - (value as number));
    case 'section':
      return kind.write(value as never);
    case 'device':
      return names.device(value as number);
    case 'registration':
      return names.registration(value as number);
    case 'server':
      return names.server(value as number);
    case 'profile':
      return names.profile(value as number);
    case 'planned_change':
      return names.plannedChange(value);
    case 'optional':
      return value === undefined ? undefined : write(kind.of, value, names);
    case 'list':
    case 'set':
      return Array.from(value as Iterable<unknown>, (item) => write(kind.of, item, names));
    case 'tuple':
      return kind.of.map((of, place) => write(of, (value as readonly unknown[])[place], names));
    case 'pairs': {
      const written = Array.from(value as ReadonlyMap<unknown, unknown>, ([key, item]) => [
        write(kind.key, key, names),
        write(kind.of, item, names),
      ]);
      return kind.mapping ? Object.fromEntries(written) : written;
    }
    case 'index':
      return Array.from((value as ReadonlyMap<unknown, unknown>).values(), (item) =>
        write(kind.of, item, names),
      );
    case 'record':
      return writeMembers(kind.members, value as object, names);
    case 'one_of':
      return writeMembers(alternative(kind.of, value as Fields).members, value as object, names);
    case 'each':
      return (value as readonly object[]).map((one) => writeMembers(kind.members, one, names));
    default:
      return value;
  }
}

type RecordKind = Kind & { readonly kind: 'record' };

/** The alternative whose fixed values the record has. */
function alternative(of: readonly RecordKind[], given: Fields): RecordKind {
  const fits = ({ members }: RecordKind): boolean =>
    Object.entries(members).every(
      ([name, kind]) => kind.kind !== 'choice' || kind.words.includes(given[fileName(name, kind)] as string),
    );
  return of.find(fits) ?? of[0]!;
}

/**
 * Writes the members of a file into an initial state. Members that the file leaves out stay. The schema that derives
 * from the same description has checked the form of the file.
 *
 * @throws StateError if a value does not fit the rest of the state
 */
export function readMembers(
  members: MemberKinds,
  state: object,
  file: object,
  names: Names,
  path: Path,
): void {
  for (const [name, kind] of Object.entries(members)) {
    if (isHidden(kind)) continue;
    if (kind.kind === 'store') {
      readStore(kind, state, file, names, path);
      continue;
    }
    const written = fileName(name, kind);
    const value = (file as Fields)[written];
    if (value === undefined) continue;
    if (kind.kind === 'each') readEach(kind, (state as Fields)[name], value, names, [...path, written]);
    else (state as Fields)[name] = read(kind, value, names, [...path, written]);
  }
}

function readStore(
  kind: Kind & { readonly kind: 'store' },
  state: object,
  file: object,
  names: Names,
  path: Path,
): void {
  for (const [name, member] of Object.entries(kind.members)) {
    const given: Fields = {};
    readMembers({ [name]: member }, given, file, names, path);
    if (given[name] === undefined) continue;
    try {
      kind.read(state as never, given as never, names);
    } catch (error) {
      if (error instanceof StateError) throw new StateError([...path, ...error.path], error.message);
      throw error;
    }
  }
}

function readEach(
  kind: Kind & { readonly kind: 'each' },
  state: unknown,
  file: unknown,
  names: Names,
  path: Path,
): void {
  const records = state as readonly object[];
  (file as readonly Fields[]).forEach((given, place) => {
    const key = fileName(kind.key, kind.members[kind.key]!);
    const name = given[key];
    const isNamed = (one: object): boolean => (one as Fields)[kind.key] === name;
    const record = kind.order ? records[place] : records.find(isNamed);
    if (record === undefined || !isNamed(record)) {
      const there = record === undefined ? 'none' : JSON.stringify((record as Fields)[kind.key]);
      throw new StateError(
        [...path, place, key],
        kind.order
          ? `the ${kind.what} at this place is ${there}`
          : `no ${kind.what} of this file is named ${JSON.stringify(name)}`,
      );
    }
    readMembers(kind.members, record, given, names, [...path, place]);
    const problem = kind.check?.(record as never);
    if (problem !== undefined) throw new StateError([...path, place], problem);
  });
}

function read(kind: Kind, file: unknown, names: Names, path: Path): unknown {
  const found = <Value>(value: Value | undefined, message: string): Value => {
    if (value === undefined) throw new StateError(path, message);
    return value;
  };
  switch (kind.kind) {
    case 'instant':
      return typeof file === 'string' ? Date.parse(file) : file;
    case 'real_instant':
      return names.wallNow - (file as number);
    case 'device':
      return found(names.deviceNamed(file as string), `no device has the serial number ${file}`);
    case 'registration':
      return found(
        names.registrationNamed(file as string),
        `no device has the serial number ${String(file).replace(/\/user$/, '')}`,
      );
    case 'server':
      return found(
        names.serverNamed(file as string),
        `no MDM server of this file is named ${JSON.stringify(file)}`,
      );
    case 'profile':
      return found(names.profileNamed(file as string), `no MDM server has a profile ${file}`);
    case 'planned_change':
      return names.changePlanned(file, path);
    case 'optional':
      return read(kind.of, file, names, path);
    case 'list':
      return (file as readonly unknown[]).map((item, place) => read(kind.of, item, names, [...path, place]));
    case 'tuple':
      return kind.of.map((of, place) =>
        read(of, (file as readonly unknown[])[place], names, [...path, place]),
      );
    case 'set':
      return new Set(
        (file as readonly unknown[]).map((item, place) => read(kind.of, item, names, [...path, place])),
      );
    case 'pairs': {
      const entries = kind.mapping ? Object.entries(file as Fields) : (file as readonly Entry[]);
      return new Map(
        entries.map(([key, item], place) => [
          read(kind.key, key, names, [...path, place, 0]),
          read(kind.of, item, names, kind.mapping ? [...path, key as string] : [...path, place, 1]),
        ]),
      );
    }
    case 'index':
      return new Map(
        (file as readonly unknown[]).map((item, place) => {
          const value = read(kind.of, item, names, [...path, place]) as Fields;
          return [value[kind.by], value];
        }),
      );
    case 'record':
      return readRecord(kind.members, file as Fields, names, path);
    case 'one_of':
      return readRecord(alternative(kind.of, file as Fields).members, file as Fields, names, path);
    default:
      return file;
  }
}

function readRecord(members: MemberKinds, file: Fields, names: Names, path: Path): Fields {
  const value: Fields = {};
  for (const [name, kind] of Object.entries(members)) {
    if (kind.kind === 'instant' && kind.never) value[name] = Number.POSITIVE_INFINITY;
    else if (kind.kind === 'optional') value[name] = undefined;
    else if (kind.kind === 'transient') value[name] = undefined;
  }
  readMembers(members, value, file, names, path);
  return value;
}
