import { RecordedLocations } from './locations.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { RecordedPushes } from './pushes.ts';
import { isRecord, recordsIn, type SeenExchange } from './seen-exchange.ts';
import { type Written, written } from './written-fields.ts';

/** Further devices are not kept. */
export const MOST_DEVICES = 100_000;
const MOST_PROFILES = 1000;

/** What was seen of an organization, replaced while it comes in: nothing that points to a person is ever held. */
export class Recording {
  readonly #pseudonyms: Pseudonyms;
  #account: Written = {};
  /** By serial number, as each was first seen. */
  readonly #devices = new Map<string, Written>();
  readonly #profiles = new Map<string, Written>();
  /** Each once, in the order of their first occurrence. */
  readonly #operations = new Set<string>();
  readonly #pushes: RecordedPushes;
  readonly #locations: RecordedLocations;

  constructor({ keepPersonalData }: { readonly keepPersonalData: boolean }) {
    this.#pseudonyms = new Pseudonyms(keepPersonalData);
    this.#pushes = new RecordedPushes(this.#pseudonyms);
    this.#locations = new RecordedLocations(this.#pseudonyms);
  }

  get size(): Readonly<Record<'devices' | 'profiles' | 'pushTokens' | 'locations' | 'operations', number>> {
    return {
      devices: this.#devices.size,
      profiles: this.#profiles.size,
      pushTokens: this.#pushes.size,
      locations: this.#locations.size,
      operations: this.#operations.size,
    };
  }

  observe(exchange: SeenExchange): void {
    const { operation, asked, answered } = exchange;
    this.#operations.add(operation);
    this.#pushes.observe(exchange);
    this.#locations.observe(exchange);
    if (!isRecord(answered)) return;
    switch (operation) {
      case 'dep.account':
        this.#account = written('account', answered, this.#pseudonyms);
        break;
      case 'dep.devices.fetch':
      case 'dep.devices.sync':
        for (const device of recordsIn(answered.devices)) this.#seeDevice(device);
        break;
      case 'dep.devices.details':
        if (isRecord(answered.devices)) {
          for (const device of recordsIn(Object.values(answered.devices))) this.#seeDevice(device);
        }
        break;
      case 'dep.profile.define':
        if (isRecord(asked)) this.#seeProfile({ ...asked, profile_uuid: answered.profile_uuid });
        break;
      case 'dep.profile.get':
        this.#seeProfile(answered);
        break;
    }
  }

  #seeDevice(record: Written): void {
    const device = written('device', record, this.#pseudonyms);
    const { serial_number } = device;
    if (typeof serial_number !== 'string' || this.#devices.has(serial_number)) return;
    // One that leaves was there, but is nothing that a beginning has.
    if (record.op_type === 'deleted' || this.#devices.size >= MOST_DEVICES) return;
    this.#devices.set(serial_number, device);
  }

  #seeProfile(record: Written): void {
    const profile = written('profile', record, this.#pseudonyms);
    const { profile_uuid, profile_name, url } = profile;
    if (typeof profile_uuid !== 'string' || profile_name === undefined || url === undefined) return;
    if (this.#profiles.has(profile_uuid) || this.#profiles.size < MOST_PROFILES) {
      this.#profiles.set(profile_uuid, profile);
    }
  }

  /** As a scenario file has it. */
  get scenario(): object {
    const { server_name = 'MDM server', server_uuid, admin_id, ...organization } = this.#account;
    const operations = [...this.#operations];
    const { mdmTopic, registrations } = this.#pushes;
    const { locations } = this.#locations;
    return {
      name: 'Recorded',
      organization,
      mdm_servers: [
        {
          server_name,
          ...(server_uuid === undefined ? {} : { server_uuid }),
          ...(admin_id === undefined ? {} : { admin_id }),
          ...(this.#profiles.size === 0 ? {} : { profiles: [...this.#profiles.values()] }),
        },
      ],
      ...(this.#devices.size === 0
        ? {}
        : { devices: [...this.#devices.values()].map((each) => this.#atFirst(each)) }),
      ...(mdmTopic === undefined ? {} : { push: { topic: mdmTopic } }),
      ...(locations.length === 0 ? {} : { locations }),
      ...(registrations.length === 0 ? {} : { timeline: [{ after: '0s', register_push: registrations }] }),
      ...(operations.length === 0 ? {} : { expect: [expectationOf(operations)] }),
    };
  }

  /** A profile that was never seen cannot be given to a device. */
  #atFirst({ profile_uuid: profile, profile_status: status, ...device }: Written): Written {
    if (typeof profile !== 'string' || !this.#profiles.has(profile)) return device;
    return { ...device, profile, profile_status: status };
  }
}

const expectationOf = (operations: readonly string[]): object =>
  operations.length === 1
    ? { operation: operations[0] }
    : { name: 'the calls come in the order that was recorded', in_order: operations };
