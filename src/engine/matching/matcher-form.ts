/** The kinds of value that JSON has. */
export const VALUE_TYPES = ['text', 'number', 'integer', 'boolean', 'list', 'object', 'null'] as const;

export type ValueType = (typeof VALUE_TYPES)[number];

/** Any of the organization's, those of the MDM server that asks, or those of a named one. */
export type Ownership = 'organization' | 'mdm_server' | { readonly mdm_server: string };

export interface Range {
  readonly at_least?: number | undefined;
  readonly at_most?: number | undefined;
}

/** Members of which all must hold. */
export interface MatcherMembers extends Range {
  readonly equals?: unknown;
  readonly not?: Matcher | undefined;
  readonly one_of?: readonly unknown[] | undefined;
  readonly matches?: string | undefined;
  readonly contains?: unknown;
  readonly length?: number | Range | undefined;
  readonly type?: ValueType | undefined;
  readonly serial_of?: Ownership | undefined;
  readonly profile_of?: Ownership | undefined;
  readonly push_magic?: 'of_device' | undefined;
}

/** What a value must be. */
export type Matcher = 'present' | 'absent' | MatcherMembers;
