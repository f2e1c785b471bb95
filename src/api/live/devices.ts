import type { Organization } from '../../organization/organization.ts';
import type { Device, Devices } from '../device.ts';
import { deviceAt } from './device.ts';

/** The devices of whichever organization is asked for. */
export class LiveDevices implements Devices {
  readonly #organization: () => Organization;

  constructor(organization: () => Organization) {
    this.#organization = organization;
  }

  get size(): number {
    return this.#settled().enrollment.inventory.deviceCount;
  }

  get(serialNumber: string): Device | undefined {
    const organization = this.#settled();
    const device = organization.enrollment.inventory.find(serialNumber);
    return device === undefined ? undefined : deviceAt(organization, device);
  }

  *[Symbol.iterator](): IterableIterator<Device> {
    const organization = this.#settled();
    for (const device of organization.enrollment.inventory.all()) yield deviceAt(organization, device);
  }

  /** What has fallen due has happened before anybody looks. */
  #settled(): Organization {
    const organization = this.#organization();
    organization.runDueTasks();
    return organization;
  }
}
