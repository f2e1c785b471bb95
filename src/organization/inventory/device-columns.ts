import type { ProfileStatus } from '../definition.ts';

const PAGE_SIZE = 1024;

/** In the order of their codes. */
export const PROFILE_STATUSES = [
  'empty',
  'assigned',
  'pushed',
  'removed',
] as const satisfies readonly ProfileStatus[];

/** What happened to a device since its group was created. Times in milliseconds since the epoch, 0 = never. */
export interface DeviceState {
  /** Index of its MDM server, NO_SERVER or DISOWNED. */
  server: number;
  /** Number of its enrollment profile, or NO_PROFILE. */
  profile: number;
  profileStatus: ProfileStatus;
  assignedDate: number;
  profileAssignTime: number;
  profilePushTime: number;
  /** Number of the change that brought it to its MDM server. */
  memberSince: number;
}

export const NO_SERVER = -1;
export const DISOWNED = -2;
export const NO_PROFILE = -1;

class Page {
  readonly server = new Int16Array(PAGE_SIZE);
  readonly profile = new Int32Array(PAGE_SIZE);
  readonly profileStatus = new Uint8Array(PAGE_SIZE);
  readonly assignedDate = new Float64Array(PAGE_SIZE);
  readonly profileAssignTime = new Float64Array(PAGE_SIZE);
  readonly profilePushTime = new Float64Array(PAGE_SIZE);
  readonly memberSince = new Uint32Array(PAGE_SIZE);

  constructor(base: Readonly<DeviceState>) {
    this.server.fill(base.server);
    this.profile.fill(base.profile);
    this.profileStatus.fill(PROFILE_STATUSES.indexOf(base.profileStatus));
    this.assignedDate.fill(base.assignedDate);
    this.profileAssignTime.fill(base.profileAssignTime);
    this.profilePushTime.fill(base.profilePushTime);
    this.memberSince.fill(base.memberSince);
  }
}

/**
 * State of the devices of one group, in columns, so that a million assigned devices fit into tens of
 * megabytes. A page of devices that nobody touched does not exist: its devices are as the group began.
 */
export class DeviceColumns {
  readonly base: Readonly<DeviceState>;
  readonly #pages: (Page | undefined)[] = [];

  constructor(base: Readonly<DeviceState>) {
    this.base = base;
  }

  read(index: number): DeviceState {
    const page = this.#pages[Math.floor(index / PAGE_SIZE)];
    if (page === undefined) return { ...this.base };
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

  write(index: number, state: Readonly<DeviceState>): void {
    const number = Math.floor(index / PAGE_SIZE);
    const page = this.#pages[number] ?? new Page(this.base);
    this.#pages[number] = page;
    const row = index % PAGE_SIZE;
    page.server[row] = state.server;
    page.profile[row] = state.profile;
    page.profileStatus[row] = PROFILE_STATUSES.indexOf(state.profileStatus);
    page.assignedDate[row] = state.assignedDate;
    page.profileAssignTime[row] = state.profileAssignTime;
    page.profilePushTime[row] = state.profilePushTime;
    page.memberSince[row] = state.memberSince;
  }

  server(index: number): number {
    const page = this.#pages[Math.floor(index / PAGE_SIZE)];
    return page === undefined ? this.base.server : page.server[index % PAGE_SIZE]!;
  }

  /**
   * The first device at or after `from` (and before `end`) that belongs to an MDM server since a change not
   * later than `before`; undefined where there is none. Untouched pages are taken or passed over whole.
   */
  next(from: number, end: number, server: number, before: number): number | undefined {
    for (let index = from; index < end; ) {
      const number = Math.floor(index / PAGE_SIZE);
      const page = this.#pages[number];
      const pageEnd = Math.min(end, (number + 1) * PAGE_SIZE);
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
