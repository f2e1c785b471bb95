import type { AssetFacts, MdmInfo } from './definition.ts';
import type { EventRequest, RequestUser } from './event.ts';
import type { DataSet, LegacyConfig } from './location.ts';
import type { ContentNotification, NotificationType } from './notification.ts';

interface At {
  /** Index of the location. */
  readonly location: number;
}

/** Changes of Apps and Books. */
export type ContentChange =
  | (At & {
      readonly type: 'content_event_requested';
      readonly eventId: string;
      readonly numRequested: number;
      readonly request: EventRequest;
    })
  | (At & { readonly type: 'content_event_processed'; readonly eventId: string })
  | (At & {
      readonly type: 'content_client_configured';
      readonly mdmInfo?: MdmInfo | undefined;
      readonly notificationUrl?: string | undefined;
      readonly notificationAuthToken?: string | undefined;
      readonly notificationTypes?: readonly NotificationType[] | undefined;
    })
  | (At & { readonly type: 'content_client_context_set'; readonly clientContext: string | undefined })
  | (At & { readonly type: 'content_legacy_client_configured'; readonly config: LegacyConfig })
  | (At & { readonly type: 'content_used_by_v2' })
  | (At & { readonly type: 'content_user_registered'; readonly user: RequestUser })
  | (At & {
      readonly type: 'content_user_edited';
      /** Index of the user. */
      readonly user: number;
      readonly email?: string | undefined;
      readonly managedAppleId?: string | undefined;
    })
  | (At & { readonly type: 'content_user_retired'; readonly user: number })
  | (At & {
      readonly type: 'content_invitation_accepted';
      readonly user: number;
      readonly appleAccount: string;
    })
  | (At & {
      readonly type: 'content_licenses_managed';
      readonly asset: number;
      readonly associate: readonly Target[];
      readonly disassociate: readonly Target[];
    })
  | (At & {
      readonly type: 'content_assets_counted';
      readonly adamId: string;
      readonly pricingParam: 'STDQ' | 'PLUS';
      readonly delta: number;
      /** Refunded or expired licenses stay countable. */
      readonly retired?: boolean | undefined;
      /** Facts of an asset that is new to the location. */
      readonly facts?: AssetFacts | undefined;
    })
  | (At & {
      readonly type: 'content_token_renewed';
      readonly token: string;
      readonly expiresAt: number;
      /** Whether the current tokens are revoked. */
      readonly alone: boolean;
    })
  | (At & { readonly type: 'content_token_revoked' })
  | (At & { readonly type: 'content_token_expired' })
  | (At & { readonly type: 'content_subscriptions_switched'; readonly enabled: boolean })
  | (At & {
      readonly type: 'content_subscription_admins_changed';
      readonly adamIds: readonly number[];
      readonly clientUserIds: readonly string[];
      readonly add: boolean;
    })
  | (At & {
      readonly type: 'content_subscription_counted';
      readonly adamId: number;
      readonly renewing: number;
      readonly expiring: number;
    })
  | (At & { readonly type: 'content_version_changed'; readonly dataSet: DataSet })
  | (At & { readonly type: 'content_notification_taken'; readonly notification: ContentNotification })
  | (At & { readonly type: 'content_request_counted'; readonly token: number; readonly second: number });

/** A user by index, or a device by serial number. */
export type Target = { readonly user: number } | { readonly serial: string };
