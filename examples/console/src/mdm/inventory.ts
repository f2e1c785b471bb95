import { AppleError } from './apple-error.ts';
import type { Device, DeviceEnrollment } from './device-enrollment.ts';

const CURSOR_ERRORS = ['EXPIRED_CURSOR', 'EXHAUSTED_CURSOR', 'INVALID_CURSOR'];

export interface Updated {
  readonly how: 'fetch' | 'sync';
  readonly pages: number;
  /** Devices that were added, modified or deleted. */
  readonly changed: number;
}

/** The devices of this MDM server: fetched once, then updated by sync. */
export class Inventory {
  readonly #enrollment: DeviceEnrollment;
  readonly #devices = new Map<string, Device>();
  #cursor: string | undefined;

  constructor(enrollment: DeviceEnrollment) {
    this.#enrollment = enrollment;
  }

  get devices(): readonly Device[] {
    return [...this.#devices.values()];
  }

  async update(): Promise<Updated> {
    if (this.#cursor === undefined) return this.#fetch();
    try {
      return await this.#sync(this.#cursor);
    } catch (error) {
      // A cursor expires after seven days; then all devices are fetched again.
      if (!(error instanceof AppleError && CURSOR_ERRORS.includes(error.code))) throw error;
      return this.#fetch();
    }
  }

  async #fetch(): Promise<Updated> {
    const found: Device[] = [];
    let pages = 0;
    let cursor: string | undefined;
    for (let more = true; more; pages += 1) {
      const page = await this.#enrollment.fetch(cursor);
      found.push(...page.devices);
      cursor = page.cursor;
      more = page.more_to_follow;
    }
    this.#devices.clear();
    for (const device of found) this.#devices.set(device.serial_number, device);
    this.#cursor = cursor;
    return { how: 'fetch', pages, changed: found.length };
  }

  async #sync(from: string): Promise<Updated> {
    let pages = 0;
    let changed = 0;
    let cursor = from;
    for (let more = true; more; pages += 1) {
      const page = await this.#enrollment.sync(cursor);
      for (const device of page.devices) this.#apply(device);
      changed += page.devices.length;
      cursor = page.cursor;
      this.#cursor = cursor;
      more = page.more_to_follow;
    }
    return { how: 'sync', pages, changed };
  }

  #apply(device: Device): void {
    if (device.op_type === 'deleted') this.#devices.delete(device.serial_number);
    else this.#devices.set(device.serial_number, device);
  }
}
