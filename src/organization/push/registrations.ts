import type { DeviceRef } from '../device-ref.ts';
import type { InventoryReader } from '../inventory/inventory.ts';
import type { PushTokens } from './push-tokens.ts';
import {
  deviceOf,
  type FormerToken,
  type RegistrationNumber,
  type RegistrationRecord,
  registrationOf,
} from './registration.ts';

/** What a registration is by itself, before anything happened to it. */
export interface PushBeginnings {
  readonly tokens: PushTokens;
  readonly inventory: InventoryReader;
  readonly magicOf: (device: DeviceRef) => string;
  /** The MDM topic of the organization. */
  readonly topic: string;
}

/** What happened to registrations beside pushes. Plain data. */
export interface SavedRegistrations {
  readonly records: readonly (readonly [RegistrationNumber, Readonly<RegistrationRecord>])[];
  readonly given: readonly (readonly [token: string, RegistrationNumber])[];
  readonly former: readonly (readonly [token: string, FormerToken])[];
  readonly bare: number;
}

/** Who has which push token. Every device of the inventory has one from the beginning; only what changed is kept. */
export class Registrations {
  readonly #beginnings: PushBeginnings;
  readonly #records = new Map<RegistrationNumber, RegistrationRecord>();
  readonly #given = new Map<string, RegistrationNumber>();
  readonly #former = new Map<string, FormerToken>();
  #bare = 0;

  constructor(beginnings: PushBeginnings) {
    this.#beginnings = beginnings;
  }

  /** The number for the next token of no device. */
  get nextBare(): RegistrationNumber {
    return -1 - this.#bare;
  }

  /** Tokens that registrations were given, in lower case. */
  get givenTokens(): Iterable<string> {
    return this.#given.keys();
  }

  /** Who has a token now, in whatever case it is written. */
  find(token: string): RegistrationNumber | undefined {
    const { inventory, tokens } = this.#beginnings;
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

  /** Those to which something happened beside pushes. */
  recorded(): Iterable<RegistrationNumber> {
    return this.#records.keys();
  }

  record(registration: RegistrationNumber): Readonly<RegistrationRecord> | undefined {
    return this.#records.get(registration);
  }

  /** Undefined where there is none: the user of a device that no user registered. */
  token(registration: RegistrationNumber): string | undefined {
    const given = this.#records.get(registration)?.token;
    if (given !== undefined) return given;
    const device = ownDevice(registration);
    if (device === undefined) return undefined;
    const { inventory, tokens } = this.#beginnings;
    return inventory.literal(device)?.push_token?.toLowerCase() ?? tokens.tokenOf(device);
  }

  /** Undefined for a token of no device that was registered without one: it takes any. */
  magic(registration: RegistrationNumber): string | undefined {
    const given = this.#records.get(registration)?.magic;
    if (given !== undefined) return given;
    const device = ownDevice(registration);
    if (device === undefined) return undefined;
    return this.#beginnings.inventory.literal(device)?.push_magic ?? this.#beginnings.magicOf(device);
  }

  topic(registration: RegistrationNumber): string {
    const given = this.#records.get(registration)?.topic;
    if (given !== undefined) return given;
    const device = deviceOf(registration);
    const { inventory, topic } = this.#beginnings;
    return (device === undefined ? undefined : inventory.literal(device)?.push_topic) ?? topic;
  }

  isOnline(registration: RegistrationNumber): boolean {
    return this.#records.get(registration)?.online ?? this.#begins(registration);
  }

  #begins(registration: RegistrationNumber): boolean {
    const device = deviceOf(registration);
    return device === undefined || this.#beginnings.inventory.literal(device)?.offline !== true;
  }

  /** The record of a registration, made at the first touch. */
  touch(registration: RegistrationNumber): RegistrationRecord {
    const kept = this.#records.get(registration);
    if (kept !== undefined) return kept;
    const record: RegistrationRecord = {
      token: undefined,
      magic: undefined,
      topic: undefined,
      unregisteredAt: undefined,
      online: this.#begins(registration),
      stored: undefined,
    };
    this.#records.set(registration, record);
    return record;
  }

  /** Gives a registration a token; the one that it had goes out of use, and whoever had the new one loses it. */
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

  /** Of registrations to which nothing happened yet. */
  restore({ records, given, former, bare }: SavedRegistrations): void {
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

/** The device whose own token and PushMagic a registration has where none are given. */
function ownDevice(registration: RegistrationNumber): DeviceRef | undefined {
  return registration >= 0 && registration % 2 === 0 ? deviceOf(registration) : undefined;
}

/** The registrations as they are read outside of this room. */
export type RegistrationReader = Omit<Registrations, 'touch' | 'give' | 'restore'>;
