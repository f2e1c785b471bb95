import type { AssetFacts, MdmInfo, PricingParam } from '../content/definition.ts';

export interface OneLocation {
  /** The first location where it is not given. */
  readonly location?: string | undefined;
}

interface OneAsset extends OneLocation {
  readonly adam_id: string;
  readonly pricing_param?: PricingParam | undefined;
  readonly count: number;
}

interface OneUser extends OneLocation {
  readonly client_user_id: string;
}

/** Actions on locations, their licenses, users and content tokens. */
export interface ContentActions {
  readonly buy: OneAsset & { readonly facts?: AssetFacts | undefined };
  readonly transfer: OneAsset & { readonly to: string };
  readonly refund: OneAsset;
  readonly buy_subscription: OneLocation & {
    readonly adam_id: number;
    readonly renewing?: number | undefined;
    readonly expiring?: number | undefined;
  };
  readonly accept_invitation: OneUser & {
    /** The Apple Account that the person uses; made from the user where not given. */
    readonly apple_account?: string | undefined;
  };
  readonly retire_user: OneUser;
  readonly revoke_content_token: OneLocation;
  readonly expire_content_token: OneLocation;
  readonly renew_content_token: OneLocation;
  /** Another MDM writes its mdmInfo over that of the one under test. */
  readonly take_over: OneLocation & { readonly mdm_info?: MdmInfo | undefined };
}
