export type PricingParam = 'STDQ' | 'PLUS';
export type ProductType = 'App' | 'Book';
export type SupportedPlatform = 'iOS' | 'macOS' | 'tvOS' | 'watchOS' | 'visionOS';
export type UserStatus = 'Registered' | 'Associated' | 'Retired';

export const PRICING_PARAMS = ['STDQ', 'PLUS'] as const satisfies readonly PricingParam[];
export const PRODUCT_TYPES = ['App', 'Book'] as const satisfies readonly ProductType[];
export const PLATFORMS = [
  'iOS',
  'macOS',
  'tvOS',
  'watchOS',
  'visionOS',
] as const satisfies readonly SupportedPlatform[];

/** Licenses of a free app, as Apple counts them: https://developer.apple.com/documentation/devicemanagement/managing-assets */
export const UNLIMITED = 2_147_483_647;

export interface MdmInfo {
  readonly id: string;
  readonly name: string;
  readonly metadata: string;
}

/** A content token (sToken) of a location. */
export interface ContentTokenDefinition {
  /** The `token` member of the file; generated if not given. */
  readonly token?: string | undefined;
  /** Milliseconds since the epoch; a year from now if not given. */
  readonly expires?: number | undefined;
  readonly status?: 'valid' | 'revoked' | undefined;
  readonly rights?: 'full' | 'read_only' | undefined;
  /** `legacy`: of a program facilitator, older than locations. */
  readonly kind?: 'location' | 'legacy' | undefined;
}

export interface AssetFacts {
  readonly product_type?: ProductType | undefined;
  readonly pricing_param?: PricingParam | undefined;
  /** Licenses owned; UNLIMITED for a free app. */
  readonly total?: number | undefined;
  readonly retired?: number | undefined;
  readonly device_assignable?: boolean | undefined;
  readonly revocable?: boolean | undefined;
  readonly platforms?: readonly SupportedPlatform[] | undefined;
}

export interface LiteralAsset extends AssetFacts {
  readonly adam_id: string;
}

export interface GeneratedAssets extends AssetFacts {
  readonly generate: number;
}

export type AssetItem = LiteralAsset | GeneratedAssets;

export interface LiteralUser {
  readonly client_user_id: string;
  readonly email?: string | undefined;
  readonly managed_apple_id?: string | undefined;
  readonly status?: UserStatus | undefined;
}

export interface GeneratedUsers {
  readonly generate: number;
  readonly status?: UserStatus | undefined;
}

export type UserItem = LiteralUser | GeneratedUsers;

export interface LiteralAssignment {
  readonly adam_id: string;
  readonly pricing_param?: PricingParam | undefined;
  readonly client_user_ids?: readonly string[] | undefined;
  readonly serial_numbers?: readonly string[] | undefined;
}

/** A number of device assignments, distributed over the assets that devices can have. */
export interface GeneratedAssignments {
  readonly generate: number;
}

export type AssignmentItem = LiteralAssignment | GeneratedAssignments;

export interface SubscriptionDefinition {
  readonly adam_id: number;
  readonly parent_adam_id?: number | undefined;
  readonly renewing?: number | undefined;
  readonly expiring?: number | undefined;
  /** `YYYY-MM-DD`; in a month if not given. */
  readonly period_end?: string | undefined;
}

/** One location (library) of Apps and Books: an organizational unit that owns licenses. */
export interface LocationDefinition {
  readonly name: string;
  readonly u_id?: string | undefined;
  readonly country?: string | undefined;
  readonly platform?: 'enterprisestore' | 'volumestore' | undefined;
  readonly mdm_info?: MdmInfo | undefined;
  /** Apple's own MDM runs the location, so others may only read: v1 9645. */
  readonly managed_by_apple?: boolean | undefined;
  readonly content_tokens?: readonly ContentTokenDefinition[] | undefined;
  readonly assets?: readonly AssetItem[] | undefined;
  readonly users?: readonly UserItem[] | undefined;
  readonly assignments?: readonly AssignmentItem[] | undefined;
  readonly subscriptions?: readonly SubscriptionDefinition[] | undefined;
}
