import type { LiteralDevice } from '../definition.ts';
import type { DeviceRef } from '../device-ref.ts';
import { DeviceColumns, type DeviceState, type SavedPage } from './device-columns.ts';
import type { DeviceFacts, DeviceIdentifiers, DeviceKind } from './device-facts.ts';
import { factsOf, type GroupPlace } from './device-group.ts';
import { createGeneratedGroup, type GenerateDefinition, type GeneratedGroup } from './generated-group.ts';
import { createLiteralGroup, type LiteralGroup } from './literal-group.ts';
import type { Numbering } from './numbering.ts';
import { groupOf, indexOf, refOf, type SerialNumbers } from './serial-numbers.ts';

/** What few devices have: kept only for those. */
export interface RareState {
  readonly assignedBy?: string | undefined;
  /** Virtual time, milliseconds since the epoch. */
  readonly migrationDeadline?: number | undefined;
  readonly throttledUntil?: number | undefined;
  readonly activationLocked?: boolean | undefined;
  /** The device that this one replaced, and when. */
  readonly replaces?: { readonly device: DeviceRef; readonly at: number } | undefined;
}

interface Group {
  readonly devices: GeneratedGroup | LiteralGroup;
  readonly columns: DeviceColumns;
  readonly assignedBy: string;
  /** Number of the event that brought the group. */
  readonly since: number;
}

/** A group that came after the beginning, as it came. */
export interface SavedGroup {
  readonly devices: GenerateDefinition | readonly LiteralDevice[];
  readonly base: Readonly<DeviceState>;
  readonly assignedBy: string;
}

/** All that happened to the devices. Plain data. */
export interface SavedInventory {
  readonly groups: readonly SavedGroup[];
  /** Of every group from the first on. */
  readonly pages: readonly (readonly SavedPage[])[];
  readonly rare: readonly (readonly [DeviceRef, RareState])[];
}

/** Devices that came together, and what was true of all of them then. */
export interface CameTogether {
  readonly devices: GeneratedGroup | LiteralGroup;
  readonly base: Readonly<DeviceState>;
  readonly assignedBy: string;
}

export interface Walk {
  readonly devices: readonly DeviceRef[];
  /** The first device that did not fit, or undefined at the end. */
  readonly next: DeviceRef | undefined;
}

/** Serial numbers whose way back is remembered; enough for the largest requests. */
const MOST_RECENT = 10_000;

const NOTHING_RARE: RareState = {};

/** The devices of an organization: groups in the order in which they came, and what happened to their devices. */
export class Inventory {
  readonly #serialNumbers: SerialNumbers;
  readonly #groups: Group[] = [];
  readonly #literal = new Map<string, DeviceRef>();
  /** Generated devices that were found lately: who is asked for is mostly asked for again, and never changes. */
  readonly #recent = new Map<string, DeviceRef>();
  readonly #pushTokens = new Map<string, DeviceRef>();
  readonly #rare = new Map<DeviceRef, RareState>();
  #deviceCount = 0;

  constructor(serialNumbers: SerialNumbers) {
    this.#serialNumbers = serialNumbers;
  }

  /** Group numbers count from 1 and are never used again. */
  get nextPlace(): GroupPlace {
    return { number: this.#groups.length + 1, firstOrdinal: this.#deviceCount };
  }

  get deviceCount(): number {
    return this.#deviceCount;
  }

  /** Serial numbers of devices that a file or an action named. */
  get namedSerials(): Iterable<string> {
    return this.#literal.keys();
  }

  add(devices: GeneratedGroup | LiteralGroup, base: DeviceState, assignedBy: string): void {
    const columns = new DeviceColumns(base, devices.count);
    this.#groups.push({ devices, columns, assignedBy, since: base.memberSince });
    this.#deviceCount += devices.count;
    if ('literals' in devices) {
      devices.literals.forEach((device: LiteralDevice, index: number) => {
        const ref = refOf(devices.number, index);
        this.#literal.set(device.serial_number, ref);
        if (device.push_token !== undefined) this.#pushTokens.set(device.push_token.toLowerCase(), ref);
      });
    }
  }

  #group(ref: DeviceRef): Group {
    const group = this.#groups[groupOf(ref) - 1];
    if (group === undefined) throw new RangeError(`no device ${ref}`);
    return group;
  }

  /** Undefined for a serial number that no device of the organization has, or ever had. */
  find(serial: string): DeviceRef | undefined {
    const known = this.#literal.get(serial) ?? this.#recent.get(serial);
    if (known !== undefined) return known;
    const found = this.findGenerated(serial);
    if (found === undefined) return undefined;
    if (this.#recent.size >= MOST_RECENT) this.#recent.clear();
    this.#recent.set(serial, found);
    return found;
  }

  /** The generated device with this serial number, without looking at devices that a file names. */
  findGenerated(serial: string): DeviceRef | undefined {
    const reference = this.#serialNumbers.referenceOf(serial);
    if (reference === undefined) return undefined;
    const devices = this.#groups[groupOf(reference.ref) - 1]?.devices;
    const index = indexOf(reference.ref);
    if (devices === undefined || 'literals' in devices || index >= devices.count) return undefined;
    return devices.kind(index).serialFormat === reference.format ? reference.ref : undefined;
  }

  has(ref: DeviceRef): boolean {
    const group = this.#groups[groupOf(ref) - 1];
    return group !== undefined && indexOf(ref) < group.devices.count;
  }

  /** What a file or an action said of a device that it named; undefined for a generated one. */
  literal(ref: DeviceRef): LiteralDevice | undefined {
    const { devices } = this.#group(ref);
    return 'literals' in devices ? devices.literals[indexOf(ref)] : undefined;
  }

  /** The device that a file or an action gave this push token, in lower case. */
  withPushToken(token: string): DeviceRef | undefined {
    return this.#pushTokens.get(token);
  }

  facts(ref: DeviceRef): DeviceFacts {
    return factsOf(this.#group(ref).devices, indexOf(ref));
  }

  serialNumber(ref: DeviceRef): string {
    return this.#group(ref).devices.serialNumber(indexOf(ref));
  }

  assetTag(ref: DeviceRef): string | undefined {
    return this.#group(ref).devices.assetTag(indexOf(ref));
  }

  /** One object for all devices that have all of it in common. */
  kind(ref: DeviceRef): DeviceKind {
    return this.#group(ref).devices.kind(indexOf(ref));
  }

  identifiers(ref: DeviceRef): DeviceIdentifiers {
    return this.#group(ref).devices.identifiers(indexOf(ref));
  }

  state(ref: DeviceRef): Readonly<DeviceState> {
    return this.#group(ref).columns.read(indexOf(ref));
  }

  serverOf(ref: DeviceRef): number {
    return this.#group(ref).columns.server(indexOf(ref));
  }

  assignedBy(ref: DeviceRef): string {
    return this.rare(ref).assignedBy ?? this.#group(ref).assignedBy;
  }

  rare(ref: DeviceRef): RareState {
    return this.#rare.get(ref) ?? NOTHING_RARE;
  }

  edit(ref: DeviceRef, edits: Readonly<Partial<DeviceState>>): void {
    this.#group(ref).columns.edit(indexOf(ref), edits);
  }

  writeRare(ref: DeviceRef, state: RareState): void {
    this.#rare.set(ref, { ...this.rare(ref), ...state });
  }

  /** All groups as they came, the first one first. */
  get groups(): readonly CameTogether[] {
    return this.#groups.map(({ devices, columns, assignedBy }) => ({
      devices,
      base: columns.base,
      assignedBy,
    }));
  }

  /** Devices to which something has happened, in the order of groups. */
  changed(): readonly DeviceRef[] {
    const refs = new Set<DeviceRef>();
    for (const [ref, state] of this.#rare) {
      if (Object.values(state).some((value) => value !== undefined)) refs.add(ref);
    }
    this.#groups.forEach(({ columns }, index) => {
      for (const place of columns.changed()) refs.add(refOf(index + 1, place));
    });
    return [...refs].sort((one, other) => one - other);
  }

  get groupCount(): number {
    return this.#groups.length;
  }

  /** @param from the number of groups that a beginning brings by itself */
  save(from: number): SavedInventory {
    return {
      groups: this.#groups.slice(from).map(({ devices, columns, assignedBy }) => ({
        devices: 'literals' in devices ? devices.literals : devices.definition,
        base: columns.base,
        assignedBy,
      })),
      pages: this.#groups.map(({ columns }) => columns.save()),
      rare: [...this.#rare],
    };
  }

  /** Makes an inventory that is at its beginning what another one was. */
  restore({ groups, pages, rare }: SavedInventory, numbering: Numbering): void {
    for (const { devices, base, assignedBy } of groups) {
      const group =
        'generate' in devices
          ? createGeneratedGroup(numbering, this.nextPlace, devices)
          : createLiteralGroup(numbering, this.nextPlace, devices);
      this.add(group, base, assignedBy);
    }
    pages.forEach((saved, index) => {
      this.#groups[index]?.columns.restore(saved);
    });
    this.#rare.clear();
    for (const [ref, state] of rare) this.#rare.set(ref, state);
  }

  /**
   * Devices of an MDM server in the order in which their groups came, from a position on. Devices that came
   * to it after event `startedAt` are left to sync.
   */
  walk(server: number, from: DeviceRef, limit: number, startedAt: number): Walk {
    const devices: DeviceRef[] = [];
    let number = Math.max(groupOf(from), 1);
    let index = groupOf(from) < 1 ? 0 : indexOf(from);
    for (; number <= this.#groups.length; number += 1, index = 0) {
      const group = this.#groups[number - 1]!;
      if (group.since > startedAt) break;
      for (;;) {
        const found = group.columns.next(index, server, startedAt);
        if (found === undefined) break;
        if (devices.length === limit) return { devices, next: refOf(number, found) };
        devices.push(refOf(number, found));
        index = found + 1;
      }
    }
    return { devices, next: undefined };
  }

  /** Every device in the order of groups, whoever it belongs to. */
  *all(from: DeviceRef = 0): Generator<DeviceRef> {
    let number = Math.max(groupOf(from), 1);
    let index = groupOf(from) < 1 ? 0 : indexOf(from);
    for (; number <= this.#groups.length; number += 1, index = 0) {
      const { count } = this.#groups[number - 1]!.devices;
      for (; index < count; index += 1) yield refOf(number, index);
    }
  }
}

/** The inventory as it is read outside of this room: only `apply(change)` writes. */
export type InventoryReader = Omit<Inventory, 'add' | 'edit' | 'writeRare' | 'restore'>;
