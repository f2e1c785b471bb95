import type { AppsAndBooks, Asset, Assignment, ContentUser, Holder } from './mdm/apps-and-books.ts';
import type { Account, Device, DeviceEnrollment, DeviceResults, Profile } from './mdm/device-enrollment.ts';
import { Inventory, type Updated } from './mdm/inventory.ts';

export interface DefinedProfile {
  readonly uuid: string;
  readonly name: string;
}

export interface License extends Asset {
  readonly name: string;
}

/** What the page shows: account, devices, profiles and licenses as last read from Apple. */
export class AdminState {
  readonly #enrollment: DeviceEnrollment;
  readonly #content: AppsAndBooks;
  readonly #inventory: Inventory;
  readonly #watchers = new Set<() => void>();

  account: Account | undefined;
  /** How the devices were last read. */
  updated: Updated | undefined;
  devices: readonly Device[] = [];
  profiles: readonly DefinedProfile[] = [];
  licenses: readonly License[] = [];
  users: readonly ContentUser[] = [];
  assignments: readonly Assignment[] = [];

  constructor(enrollment: DeviceEnrollment, content: AppsAndBooks) {
    this.#enrollment = enrollment;
    this.#content = content;
    this.#inventory = new Inventory(enrollment);
  }

  /** Calls back after every change. */
  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
  }

  #notify(): void {
    for (const watcher of this.#watchers) watcher();
  }

  async load(): Promise<void> {
    this.account = await this.#enrollment.account();
    await this.updateDevices();
    await this.updateLicenses();
  }

  async updateDevices(): Promise<void> {
    this.updated = await this.#inventory.update();
    this.devices = this.#inventory.devices;
    this.#notify();
  }

  async defineProfile(profile: Profile): Promise<DefinedProfile> {
    const defined = { uuid: await this.#enrollment.define(profile), name: profile.profile_name };
    this.profiles = [defined, ...this.profiles];
    this.#notify();
    return defined;
  }

  profileName(uuid: string | undefined): string | undefined {
    return this.profiles.find((profile) => profile.uuid === uuid)?.name;
  }

  /** Assigns the profile and reads the new status of the devices. @returns the result of each device */
  async assignProfile(uuid: string, serials: readonly string[]): Promise<DeviceResults> {
    const results = await this.#enrollment.assign(uuid, serials);
    await this.updateDevices();
    return results;
  }

  async removeProfile(serials: readonly string[]): Promise<DeviceResults> {
    const results = await this.#enrollment.remove(serials);
    await this.updateDevices();
    return results;
  }

  async updateLicenses(): Promise<void> {
    const assets = await this.#content.assets();
    this.users = await this.#content.users();
    this.assignments = await this.#content.assignments();
    const names = await this.#content.names(assets.map(({ adamId }) => adamId));
    this.licenses = assets.map((asset) => ({ ...asset, name: names.get(asset.adamId) ?? asset.adamId }));
    this.#notify();
  }

  holdersOf({ adamId, pricingParam }: License): readonly Holder[] {
    return this.assignments.filter(
      (assignment) => assignment.adamId === adamId && assignment.pricingParam === pricingParam,
    );
  }

  async assignLicense(license: License, holder: Holder): Promise<void> {
    await this.#content.assign(license, holder);
    await this.updateLicenses();
  }

  async revokeLicense(license: License, holder: Holder): Promise<void> {
    await this.#content.revoke(license, holder);
    await this.updateLicenses();
  }
}
