import type { LiteralDevice } from '../definition.ts';
import { DeviceColumns, type DeviceState, type SavedPage } from './device-columns.ts';
import type { DeviceFacts, DeviceIdentifiers, DeviceKind } from './device-facts.ts';
import {
  createGeneratedGroup,
  createLiteralGroup,
  factsOf,
  type GenerateDefinition,
  type GeneratedGroup,
  type GroupPlace,
  type LiteralGroup,
} from './device-groups.ts';
import type { Numbering } from './numbering.ts';
import { type DeviceRef, groupOf, indexOf, refOf } from './serial-numbers.ts';

/** State that few devices have, stored only for those. */
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
  /** Number of the event that added the group. */
  readonly since: number;
}

/** Devices that were added together, with their common initial state. Plain data. */
export interface AddedGroup {
  readonly devices: GenerateDefinition | readonly LiteralDevice[];
  readonly base: Readonly<DeviceState>;
  readonly assignedBy: string;
}

/** All changes of the devices. Plain data. */
export interface SavedInventory {
  /** Groups that were added after the initial state. */
  readonly groups: readonly AddedGroup[];
  /** Of every group, from the first. */
  readonly pages: readonly (readonly SavedPage[])[];
  readonly rare: readonly (readonly [DeviceRef, RareState])[];
}

export interface Walk {
  readonly devices: readonly DeviceRef[];
  /** The first device that did not fit, or undefined at the end. */
  readonly next: DeviceRef | undefined;
}

/** Serial numbers whose devices are cached; enough for the largest requests. */
const MOST_RECENT = 10_000;

const NOTHING_RARE: RareState = {};

/** The devices of an organization: groups in the order in which they were added, and the changes of their devices. */
export class Inventory {
  readonly numbering: Numbering;
  readonly #groups: Group[] = [];
  readonly #literal = new Map<string, DeviceRef>();
  /** Generated devices that were found recently. A serial number never changes its device. */
  readonly #recent = new Map<string, DeviceRef>();
  readonly #pushTokens = new Map<string, DeviceRef>();
  readonly #rare = new Map<DeviceRef, RareState>();
  #deviceCount = 0;
  #initialGroups = 0;

  constructor(numbering: Numbering) {
    this.numbering = numbering;
  }

  /** Groups that are there now belong to the initial state: they are not saved. */
  markInitial(): void {
    this.#initialGroups = this.#groups.length;
  }

  /** Group numbers count from 1 and are never reused. */
  get nextPlace(): GroupPlace {
    return { number: this.#groups.length + 1, firstOrdinal: this.#deviceCount };
  }

  get deviceCount(): number {
    return this.#deviceCount;
  }

  /** Serial numbers of devices that a file or an action lists. */
  get namedSerials(): Iterable<string> {
    return this.#literal.keys();
  }

  /** @returns the number of the group */
  add({ devices, base, assignedBy }: AddedGroup): number {
    const group =
      'generate' in devices
        ? createGeneratedGroup(this.numbering, this.nextPlace, devices)
        : createLiteralGroup(this.numbering, this.nextPlace, devices);
    const columns = new DeviceColumns(base, group.count);
    this.#groups.push({ devices: group, columns, assignedBy, since: base.memberSince });
    this.#deviceCount += group.count;
    if ('literals' in group) {
      group.literals.forEach((device: LiteralDevice, index: number) => {
        const ref = refOf(group.number, index);
        this.#literal.set(device.serial_number, ref);
        if (device.push_token !== undefined) this.#pushTokens.set(device.push_token.toLowerCase(), ref);
      });
    }
    return group.number;
  }

  #group(ref: DeviceRef): Group {
    const group = this.#groups[groupOf(ref) - 1];
    if (group === undefined) throw new RangeError(`no device ${ref}`);
    return group;
  }

  /** Undefined if no device of the organization has, or ever had, the serial number. */
  find(serial: string): DeviceRef | undefined {
    const known = this.#literal.get(serial) ?? this.#recent.get(serial);
    if (known !== undefined) return known;
    const found = this.findGenerated(serial);
    if (found === undefined) return undefined;
    if (this.#recent.size >= MOST_RECENT) this.#recent.clear();
    this.#recent.set(serial, found);
    return found;
  }

  /** The generated device with this serial number. Devices that a file names are ignored. */
  findGenerated(serial: string): DeviceRef | undefined {
    const reference = this.numbering.serialNumbers.referenceOf(serial);
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

  /** The definition of a device in a file or an action; undefined for a generated one. */
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

  /** One object for all devices of the same kind. */
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

  /** Groups that were added after the initial state, the oldest first. */
  get addedGroups(): readonly AddedGroup[] {
    return this.#groups.slice(this.#initialGroups).map(({ devices, columns, assignedBy }) => ({
      devices: 'literals' in devices ? devices.literals : devices.definition,
      base: columns.base,
      assignedBy,
    }));
  }

  /** Devices that changed, in the order of groups. */
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

  save(): SavedInventory {
    return {
      groups: this.addedGroups,
      pages: this.#groups.map(({ columns }) => columns.save()),
      rare: [...this.#rare],
    };
  }

  /** Of an inventory in its initial state. */
  restore({ groups, pages, rare }: SavedInventory): void {
    for (const group of groups) this.add(group);
    pages.forEach((saved, index) => {
      this.#groups[index]?.columns.restore(saved);
    });
    this.#rare.clear();
    for (const [ref, state] of rare) this.#rare.set(ref, state);
  }

  /**
   * Devices of an MDM server in the order of their groups, from a position. Devices that were assigned to it after
   * event `startedAt` are left to sync.
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

  /** Every device of every MDM server, in the order of groups. */
  *all(from: DeviceRef = 0): Generator<DeviceRef> {
    let number = Math.max(groupOf(from), 1);
    let index = groupOf(from) < 1 ? 0 : indexOf(from);
    for (; number <= this.#groups.length; number += 1, index = 0) {
      const { count } = this.#groups[number - 1]!.devices;
      for (; index < count; index += 1) yield refOf(number, index);
    }
  }
}

/** The inventory outside of reducers: only changes alter it. */
export type InventoryReader = Omit<Inventory, 'add' | 'edit' | 'writeRare' | 'restore' | 'markInitial'>;
