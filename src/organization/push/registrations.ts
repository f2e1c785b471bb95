import type { InventoryReader } from '../inventory/inventory.ts';
import type { DeviceRef } from '../inventory/serial-numbers.ts';
import type { PushTokens } from './push-tokens.ts';
import {
  deviceOf,
  type FormerToken,
  type RegistrationNumber,
  type RegistrationRecord,
  registrationOf,
} from './registration.ts';

/** What a registration has before it changes. */
export interface InitialRegistrations {
  readonly tokens: PushTokens;
  readonly inventory: InventoryReader;
  readonly magicOf: (device: DeviceRef) => string;
  /** The MDM topic of the organization. */
  readonly topic: string;
}

/** Changes of registrations other than pushes. Plain data. */
export interface SavedRegistrations {
  readonly records: readonly (readonly [RegistrationNumber, Readonly<RegistrationRecord>])[];
  readonly given: readonly (readonly [token: string, RegistrationNumber])[];
  readonly former: readonly (readonly [token: string, FormerToken])[];
  readonly bare: number;
}

/** The owners of push tokens. Every device of the inventory has one from the start; only changes are stored. */
export class Registrations {
  readonly #initial: InitialRegistrations;
  readonly #records = new Map<RegistrationNumber, RegistrationRecord>();
  readonly #given = new Map<string, RegistrationNumber>();
  readonly #former = new Map<string, FormerToken>();
  #bare = 0;

  constructor(initial: InitialRegistrations) {
    this.#initial = initial;
  }

  /** The number for the next token without a device. */
  get nextBare(): RegistrationNumber {
    return -1 - this.#bare;
  }

  /** Tokens from registrations, in lower case. */
  get givenTokens(): Iterable<string> {
    return this.#given.keys();
  }

  /** The registration that has a token now. Case does not matter. */
  find(token: string): RegistrationNumber | undefined {
    const { inventory, tokens } = this.#initial;
    const plain = token.toLowerCase();
    const given = this.#given.get(plain);
    if (given !== undefined) return given;
    if (this.#former.has(plain)) return undefined;
    const device = inventory.withPushToken(plain) ?? tokens.deviceOf(plain);
    return device !== undefined && inventory.has(device) ? registrationOf(device) : undefined;
  }

  former(token: string): FormerToken | undefined {
    return this.#former.get(token.toLowerCase());
  }

  /** Registrations that changed other than by pushes. */
  recorded(): Iterable<RegistrationNumber> {
    return this.#records.keys();
  }

  record(registration: RegistrationNumber): Readonly<RegistrationRecord> | undefined {
    return this.#records.get(registration);
  }

  /** Undefined if there is none: the user of a device, before the user registered. */
  token(registration: RegistrationNumber): string | undefined {
    const given = this.#records.get(registration)?.token;
    if (given !== undefined) return given;
    const device = ownDevice(registration);
    if (device === undefined) return undefined;
    const { inventory, tokens } = this.#initial;
    return inventory.literal(device)?.push_token?.toLowerCase() ?? tokens.tokenOf(device);
  }

  /** Undefined for a token without a device that was registered without one: it accepts any. */
  magic(registration: RegistrationNumber): string | undefined {
    const given = this.#records.get(registration)?.magic;
    if (given !== undefined) return given;
    const device = ownDevice(registration);
    if (device === undefined) return undefined;
    return this.#initial.inventory.literal(device)?.push_magic ?? this.#initial.magicOf(device);
  }

  topic(registration: RegistrationNumber): string {
    const given = this.#records.get(registration)?.topic;
    if (given !== undefined) return given;
    const device = deviceOf(registration);
    const { inventory, topic } = this.#initial;
    return (device === undefined ? undefined : inventory.literal(device)?.push_topic) ?? topic;
  }

  isOnline(registration: RegistrationNumber): boolean {
    return this.#records.get(registration)?.online ?? this.#startsOnline(registration);
  }

  #startsOnline(registration: RegistrationNumber): boolean {
    const device = deviceOf(registration);
    return device === undefined || this.#initial.inventory.literal(device)?.offline !== true;
  }

  /** The record of a registration, created if it does not exist. */
  touch(registration: RegistrationNumber): RegistrationRecord {
    const kept = this.#records.get(registration);
    if (kept !== undefined) return kept;
    const record: RegistrationRecord = {
      token: undefined,
      magic: undefined,
      topic: undefined,
      unregisteredAt: undefined,
      online: this.#startsOnline(registration),
      stored: undefined,
    };
    this.#records.set(registration, record);
    return record;
  }

  /** Gives a registration a token. Its former token is retired; another owner of the token loses it. */
  give(registration: RegistrationNumber, token: string, at: number): void {
    const plain = token.toLowerCase();
    if (this.find(plain) === registration) return;
    const loser = this.find(plain);
    if (loser !== undefined) this.touch(loser).unregisteredAt = at;
    const own = this.token(registration);
    if (own !== undefined) this.#retire(registration, own, at);
    this.#former.delete(plain);
    this.#given.set(plain, registration);
    this.touch(registration).token = plain;
    if (registration <= this.nextBare) this.#bare = -registration;
  }

  save(): SavedRegistrations {
    return {
      records: [...this.#records].map(([registration, record]) => [registration, { ...record }]),
      given: [...this.#given],
      former: [...this.#former],
      bare: this.#bare,
    };
  }

  /** Of registrations in their initial state. */
  restore({ records = [], given = [], former = [], bare = this.#bare }: Partial<SavedRegistrations>): void {
    for (const [registration, record] of records) this.#records.set(registration, { ...record });
    for (const [token, registration] of given) this.#given.set(token, registration);
    for (const [token, formerly] of former) this.#former.set(token, formerly);
    this.#bare = bare;
  }

  #retire(registration: RegistrationNumber, token: string, at: number): void {
    this.#given.delete(token);
    this.#former.set(token, { registration, topic: this.topic(registration), endedAt: at });
  }
}

/** The device whose token and PushMagic a registration has before it changes. */
function ownDevice(registration: RegistrationNumber): DeviceRef | undefined {
  return registration >= 0 && registration % 2 === 0 ? deviceOf(registration) : undefined;
}

/** The registrations outside of reducers. */
export type RegistrationReader = Omit<Registrations, 'touch' | 'give' | 'restore'>;
