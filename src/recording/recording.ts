import { type Anonymized, anonymized, Pseudonyms } from './anonymize.ts';
import { isRecord, type RecordedExchange, recordsIn } from './exchange.ts';
import { RecordedLocations } from './locations.ts';
import { RecordedPushes } from './pushes.ts';

/** Further devices are not recorded. */
export const MAX_DEVICES = 100_000;
const MAX_PROFILES = 1000;

/** Builds a scenario from recorded exchanges. Personal data is replaced on arrival and never stored. */
export class Recording {
  readonly #pseudonyms: Pseudonyms;
  #account: Anonymized = {};
  /** By serial number, in the state of the first exchange. */
  readonly #devices = new Map<string, Anonymized>();
  readonly #profiles = new Map<string, Anonymized>();
  /** In the order of their first occurrence. */
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

  observe(exchange: RecordedExchange): void {
    const { operation, request, response } = exchange;
    this.#operations.add(operation);
    this.#pushes.observe(exchange);
    this.#locations.observe(exchange);
    if (!isRecord(response)) return;
    switch (operation) {
      case 'dep.account':
        this.#account = anonymized('account', response, this.#pseudonyms);
        break;
      case 'dep.devices.fetch':
      case 'dep.devices.sync':
        for (const device of recordsIn(response.devices)) this.#addDevice(device);
        break;
      case 'dep.devices.details':
        if (isRecord(response.devices)) {
          for (const device of recordsIn(Object.values(response.devices))) this.#addDevice(device);
        }
        break;
      case 'dep.profile.define':
        if (isRecord(request)) this.#addProfile({ ...request, profile_uuid: response.profile_uuid });
        break;
      case 'dep.profile.get':
        this.#addProfile(response);
        break;
    }
  }

  #addDevice(record: Anonymized): void {
    const device = anonymized('device', record, this.#pseudonyms);
    const { serial_number } = device;
    if (typeof serial_number !== 'string' || this.#devices.has(serial_number)) return;
    // A removed device is not part of the initial state.
    if (record.op_type === 'deleted' || this.#devices.size >= MAX_DEVICES) return;
    this.#devices.set(serial_number, device);
  }

  #addProfile(record: Anonymized): void {
    const profile = anonymized('profile', record, this.#pseudonyms);
    const { profile_uuid, profile_name, url } = profile;
    if (typeof profile_uuid !== 'string' || profile_name === undefined || url === undefined) return;
    if (this.#profiles.has(profile_uuid) || this.#profiles.size < MAX_PROFILES) {
      this.#profiles.set(profile_uuid, profile);
    }
  }

  /** In the form of a scenario file. */
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
        : { devices: [...this.#devices.values()].map((each) => this.#initialDevice(each)) }),
      ...(mdmTopic === undefined ? {} : { push: { topic: mdmTopic } }),
      ...(locations.length === 0 ? {} : { locations }),
      ...(registrations.length === 0 ? {} : { timeline: [{ after: '0s', register_push: registrations }] }),
      ...(operations.length === 0 ? {} : { expect: [expectationOf(operations)] }),
    };
  }

  /** Leaves out a profile that was not recorded. */
  #initialDevice({ profile_uuid: profile, profile_status: status, ...device }: Anonymized): Anonymized {
    if (typeof profile !== 'string' || !this.#profiles.has(profile)) return device;
    return { ...device, profile, profile_status: status };
  }
}

const expectationOf = (operations: readonly string[]): object =>
  operations.length === 1
    ? { operation: operations[0] }
    : { name: 'the requests arrive in the recorded order', in_order: operations };
