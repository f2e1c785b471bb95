import type { DeviceRef } from '../inventory/serial-numbers.ts';

export type SyncOperation = 'added' | 'modified' | 'deleted';

/** Consecutive devices of one group, or any devices. */
export type DeviceSpan = { readonly first: DeviceRef; readonly count: number } | Float64Array;

/** One event of devices of one MDM server. */
export interface SyncEvent {
  /** Unique and increasing within an organization. */
  readonly number: number;
  /** Virtual time of the change, milliseconds since the epoch. */
  readonly at: number;
  readonly operation: SyncOperation;
  readonly devices: DeviceSpan;
  readonly releasedByReplacement?: boolean;
}

/** A place in the log: everything up to event `number` was read, and `offset` devices of the events after it. */
export interface SyncPosition {
  readonly number: number;
  readonly offset: number;
}

export interface SyncRecord {
  readonly device: DeviceRef;
  readonly event: SyncEvent;
}

/** Device references that are kept before the oldest events are folded: 32 MB. Older cursors are expired. */
const REMEMBERED_DEVICES = 4_000_000;
/** The same for events with consecutive devices. */
const REMEMBERED_EVENTS = 1_000_000;

/** The short form for consecutive devices, as a client gets them from its pages. */
export function spanOf(devices: readonly DeviceRef[]): DeviceSpan {
  const first = devices[0] ?? 0;
  return devices.every((device, index) => device === first + index)
    ? { first, count: devices.length }
    : new Float64Array(devices);
}

export const spanLength = (span: DeviceSpan): number =>
  span instanceof Float64Array ? span.length : span.count;

const deviceAt = (span: DeviceSpan, offset: number): DeviceRef =>
  span instanceof Float64Array ? span[offset]! : span.first + offset;

/** Plain data; neither events nor their spans ever change. */
export interface SavedSyncLog {
  readonly events: readonly SyncEvent[];
  readonly foldedUpTo: number;
}

/** The events of one MDM server in their order. */
export class SyncLog {
  #events: SyncEvent[] = [];
  #devices = 0;
  #foldedUpTo = 0;

  /** Number of the newest event that was folded. */
  get foldedUpTo(): number {
    return this.#foldedUpTo;
  }

  append(event: SyncEvent): void {
    if (spanLength(event.devices) === 0) return;
    this.#events.push(event);
    if (event.devices instanceof Float64Array) this.#devices += event.devices.length;
    while (this.#devices > REMEMBERED_DEVICES && this.#events.length > 1) this.#fold(1);
    if (this.#events.length > REMEMBERED_EVENTS) this.#fold(REMEMBERED_EVENTS / 10);
  }

  save(): SavedSyncLog {
    return { events: [...this.#events], foldedUpTo: this.#foldedUpTo };
  }

  restore({ events, foldedUpTo }: SavedSyncLog): void {
    this.#events = [];
    this.#devices = 0;
    for (const event of events) this.append(event);
    this.#foldedUpTo = Math.max(foldedUpTo, this.#foldedUpTo);
  }

  /** Folds events before a virtual time. */
  foldBefore(time: number): void {
    let count = 0;
    while (count < this.#events.length && this.#events[count]!.at < time) count += 1;
    if (count > 0) this.#fold(count);
  }

  #fold(count: number): void {
    for (const event of this.#events.splice(0, count)) {
      this.#foldedUpTo = event.number;
      if (event.devices instanceof Float64Array) this.#devices -= event.devices.length;
    }
  }

  /** At most `limit` records that `shows` accepts, from a position, and the position after them. */
  read(
    from: SyncPosition,
    limit: number,
    shows: (device: DeviceRef) => boolean,
  ): { readonly records: SyncRecord[]; readonly next: SyncPosition; readonly more: boolean } {
    const records: SyncRecord[] = [];
    let next = from;
    let offset = from.offset;
    for (let index = this.#indexAfter(from.number); index < this.#events.length; index += 1) {
      const event = this.#events[index]!;
      const length = spanLength(event.devices);
      for (; offset < length; offset += 1) {
        const device = deviceAt(event.devices, offset);
        if (!shows(device)) continue;
        if (records.length === limit) return { records, next, more: true };
        records.push({ device, event });
        next = { number: this.#numberBefore(index, from.number), offset: offset + 1 };
      }
      offset = 0;
      next = { number: event.number, offset: 0 };
    }
    return { records, next, more: false };
  }

  /** The number of the event before one, so that the offset of a position has its event. */
  #numberBefore(index: number, start: number): number {
    return Math.max(start, index > 0 ? this.#events[index - 1]!.number : this.#foldedUpTo);
  }

  #indexAfter(number: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.number <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export type SyncLogReader = Omit<SyncLog, 'append' | 'restore' | 'foldBefore'>;
