import type { ProfileStatus } from '../definition.ts';

const PAGE_SIZE = 1024;

/** In the order of their codes. */
export const PROFILE_STATUSES = [
  'empty',
  'assigned',
  'pushed',
  'removed',
] as const satisfies readonly ProfileStatus[];

/** What changes of a device. Times in milliseconds since the epoch, 0 = never. */
export interface DeviceState {
  /** Index of its MDM server, NO_SERVER or DISOWNED. */
  server: number;
  /** Number of its enrollment profile, or NO_PROFILE. */
  profile: number;
  profileStatus: ProfileStatus;
  assignedDate: number;
  profileAssignTime: number;
  profilePushTime: number;
  /** Number of the event that assigned it to its MDM server. */
  memberSince: number;
}

export const NO_SERVER = -1;
export const DISOWNED = -2;
export const NO_PROFILE = -1;

/** The state of neighboring devices, a column for each member. */
class Page {
  readonly server: Int16Array;
  readonly profile: Int32Array;
  readonly profileStatus: Uint8Array;
  readonly assignedDate: Float64Array;
  readonly profileAssignTime: Float64Array;
  readonly profilePushTime: Float64Array;
  readonly memberSince: Uint32Array;

  constructor(base: Readonly<DeviceState>, size: number) {
    this.server = new Int16Array(size).fill(base.server);
    this.profile = new Int32Array(size).fill(base.profile);
    this.profileStatus = new Uint8Array(size).fill(PROFILE_STATUSES.indexOf(base.profileStatus));
    this.assignedDate = new Float64Array(size).fill(base.assignedDate);
    this.profileAssignTime = new Float64Array(size).fill(base.profileAssignTime);
    this.profilePushTime = new Float64Array(size).fill(base.profilePushTime);
    this.memberSince = new Uint32Array(size).fill(base.memberSince);
  }
}

/** Number and columns of a page. Plain data. */
export type SavedPage = readonly [number: number, page: Readonly<PageColumns>];

type PageColumns = { [Column in keyof Page]: Page[Column] };

const copyOf = (page: Readonly<PageColumns>): PageColumns => ({
  server: page.server.slice(),
  profile: page.profile.slice(),
  profileStatus: page.profileStatus.slice(),
  assignedDate: page.assignedDate.slice(),
  profileAssignTime: page.profileAssignTime.slice(),
  profilePushTime: page.profilePushTime.slice(),
  memberSince: page.memberSince.slice(),
});

/**
 * State of the devices of one group, in columns, so that a million assigned devices fit into tens of
 * megabytes. A page without changes does not exist: its devices have the base state of the group.
 */
export class DeviceColumns {
  readonly base: Readonly<DeviceState>;
  readonly #count: number;
  readonly #pages: (PageColumns | undefined)[] = [];

  /** @param count how many devices the group has */
  constructor(base: Readonly<DeviceState>, count: number) {
    this.base = base;
    this.#count = count;
  }

  read(index: number): Readonly<DeviceState> {
    const page = this.#pages[Math.floor(index / PAGE_SIZE)];
    if (page === undefined) return this.base;
    const row = index % PAGE_SIZE;
    return {
      server: page.server[row]!,
      profile: page.profile[row]!,
      profileStatus: PROFILE_STATUSES[page.profileStatus[row]!]!,
      assignedDate: page.assignedDate[row]!,
      profileAssignTime: page.profileAssignTime[row]!,
      profilePushTime: page.profilePushTime[row]!,
      memberSince: page.memberSince[row]!,
    };
  }

  /** Sets the members that are given. */
  edit(index: number, edits: Readonly<Partial<DeviceState>>): void {
    const number = Math.floor(index / PAGE_SIZE);
    const page = this.#pages[number] ?? this.#openPage(number);
    const row = index % PAGE_SIZE;
    if (edits.server !== undefined) page.server[row] = edits.server;
    if (edits.profile !== undefined) page.profile[row] = edits.profile;
    if (edits.profileStatus !== undefined) {
      page.profileStatus[row] = PROFILE_STATUSES.indexOf(edits.profileStatus);
    }
    if (edits.assignedDate !== undefined) page.assignedDate[row] = edits.assignedDate;
    if (edits.profileAssignTime !== undefined) page.profileAssignTime[row] = edits.profileAssignTime;
    if (edits.profilePushTime !== undefined) page.profilePushTime[row] = edits.profilePushTime;
    if (edits.memberSince !== undefined) page.memberSince[row] = edits.memberSince;
  }

  /** The pages with changes, by their number. */
  save(): readonly SavedPage[] {
    const pages: SavedPage[] = [];
    this.#pages.forEach((page, number) => {
      if (page !== undefined) pages.push([number, copyOf(page)]);
    });
    return pages;
  }

  /** Devices whose state is not the base state of the group. */
  *changed(): Generator<number> {
    for (const number of this.#pages.keys()) {
      const page = this.#pages[number];
      for (let row = 0; row < (page?.server.length ?? 0); row += 1) {
        const index = number * PAGE_SIZE + row;
        if (
          Object.entries(this.read(index)).some(
            ([member, value]) => this.base[member as keyof DeviceState] !== value,
          )
        )
          yield index;
      }
    }
  }

  restore(pages: readonly SavedPage[]): void {
    this.#pages.length = 0;
    for (const [number, page] of pages) this.#pages[number] = copyOf(page);
  }

  #openPage(number: number): Page {
    const page = new Page(this.base, Math.min(PAGE_SIZE, this.#count - number * PAGE_SIZE));
    this.#pages[number] = page;
    return page;
  }

  server(index: number): number {
    const page = this.#pages[Math.floor(index / PAGE_SIZE)];
    return page === undefined ? this.base.server : page.server[index % PAGE_SIZE]!;
  }

  /**
   * The first device at or after `from` that belongs to an MDM server since an event not later than `before`;
   * undefined if there is none. Pages without changes are accepted or skipped as a unit.
   */
  next(from: number, server: number, before: number): number | undefined {
    for (let index = from; index < this.#count; ) {
      const number = Math.floor(index / PAGE_SIZE);
      const page = this.#pages[number];
      const pageEnd = Math.min(this.#count, (number + 1) * PAGE_SIZE);
      if (page === undefined) {
        if (this.base.server === server && this.base.memberSince <= before) return index;
        index = pageEnd;
        continue;
      }
      for (; index < pageEnd; index += 1) {
        const row = index % PAGE_SIZE;
        if (page.server[row] === server && page.memberSince[row]! <= before) return index;
      }
    }
    return undefined;
  }
}
