/** What a location owns of an app or book. */
export interface OwnedAsset {
  readonly adam_id: string;
  readonly pricing_param: 'STDQ' | 'PLUS';
  readonly product_type: 'App' | 'Book';
  /** Licenses owned. */
  readonly total: number;
  readonly assigned: number;
  /** Neither assigned nor given back. */
  readonly available: number;
  readonly retired: number;
}

/** A person as the MDM registered him. */
export interface LocationUser {
  readonly client_user_id: string;
  readonly status: 'Registered' | 'Associated' | 'Retired';
  readonly email?: string | undefined;
  readonly managed_apple_id?: string | undefined;
}

/** A location of Apps and Books: what it owns, and who is registered, as it is now. */
export interface Location {
  readonly name: string;
  /** Library id: digits. */
  readonly u_id: string;
  /** ISO 3166-1. */
  readonly country: string;
  readonly assets: readonly OwnedAsset[];
  /** Of several records of a `client_user_id` the newest. */
  readonly users: readonly LocationUser[];
}
