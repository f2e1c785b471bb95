/** Seen from the MDM: `sent` goes to Apple, `received` comes from Apple. */
export type Direction = 'sent' | 'received' | 'both';

/**
 * Our reading, not legal advice. `yes` points to a person; `pseudonym` names one person's device or account;
 * `maybe` is free text or contact data that may point to a person.
 */
export type PersonalData = 'no' | 'maybe' | 'pseudonym' | 'yes';

export type FieldType =
  | 'text'
  | 'texts'
  | 'integer'
  | 'boolean'
  | 'instant'
  | 'date'
  | 'object'
  | 'objects'
  | 'map'
  | 'secret';

/** One field that crosses the wire. */
export interface Field<
  Name extends string = string,
  Type extends FieldType = FieldType,
  Way extends Direction = Direction,
> {
  readonly name: Name;
  readonly type: Type;
  /** First protocol version that knows it. */
  readonly since: number;
  readonly direction: Way;
  readonly personal: PersonalData;
  /** Rows of the vendor's published data-sent table that speak of it. */
  readonly declarationRows?: readonly number[];
}

/** Where an object of fields stands in an exchange. */
export interface Place {
  readonly operation: string;
  /** JSONPath into the exchange: `$.body…` is the request's, `$.response.body…` the answer's. */
  readonly at: string;
}

/** Fields that stand together, and every place where they do. */
export interface FieldGroup {
  readonly fields: readonly Field[];
  readonly places: readonly Place[];
}
