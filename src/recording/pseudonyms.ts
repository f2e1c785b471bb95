/** What a replacement looks like. */
export type Kind =
  | 'serial_number'
  | 'uuid'
  | 'email'
  | 'phone'
  | 'url'
  | 'name'
  | 'client_user_id'
  | 'push_token'
  | 'push_magic'
  | 'mdm_topic'
  | 'bundle_id';

type Form = (number: number) => string;

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

const uuid = (number: number): string => `00000000-0000-4000-8000-${padded(number, 12)}`;

/** Domains and numbers are those that are reserved for examples (RFC 2606, 555-01xx). */
const FORMS: Readonly<Record<Kind, Form>> = {
  serial_number: (number) => `REC${padded(number, 9)}`,
  uuid: (number) => padded(number, 32),
  email: (number) => `person${number}@example.com`,
  phone: (number) => `+1 555 01${padded(number, 2)}`,
  url: (number) => `https://mdm.example.com/${number}`,
  name: (number) => `Name ${number}`,
  client_user_id: (number) => `user-${number}`,
  push_token: (number) => padded(number, 64),
  push_magic: uuid,
  mdm_topic: (number) => `com.apple.mgmt.External.${uuid(number)}`,
  bundle_id: (number) => `com.example.app${number}`,
};

/** The same original always gives the same replacement, and tells nothing about it. */
export class Pseudonyms {
  readonly #keep: boolean;
  readonly #given = new Map<Kind, Map<string, string>>();

  /** @param keep what is replaced otherwise stays as it is */
  constructor(keep: boolean) {
    this.#keep = keep;
  }

  of(kind: Kind, original: string): string {
    if (this.#keep) return original;
    const given = this.#given.get(kind) ?? new Map<string, string>();
    this.#given.set(kind, given);
    let replacement = given.get(original);
    if (replacement === undefined) {
      replacement = FORMS[kind](given.size + 1);
      given.set(original, replacement);
    }
    return replacement;
  }
}
