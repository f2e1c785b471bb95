import type { ActionArguments } from '../scenario/generated/scenario-types.ts';

/** What an action altered. */
export interface ActionResult {
  /** How many changes it made; none where everything was so already. */
  readonly changes: number;
}

/** An action takes what stands after its name in a scenario file. */
export type PortalMethod<Name extends keyof ActionArguments> = (
  argument: ActionArguments[Name],
) => Promise<ActionResult>;

/** The same, of an action that needs no more than its name. */
export type SimplePortalMethod<Name extends keyof ActionArguments> = (
  argument?: ActionArguments[Name],
) => Promise<ActionResult>;

/**
 * What an administrator does in Apple's portal, and what happens to devices. Each rejects with ActionError where it
 * cannot be done, and with ScenarioError where what it is given is wrong; nothing of it was done then.
 */
export interface Portal {
  /** New devices, named or by the number: `[{ generate: 10, device_family: 'iPad' }]`. A removed one comes back. */
  readonly addDevices: PortalMethod<'add_devices'>;
  /** Takes devices, by serial number, away from their MDM server. */
  readonly removeDevices: PortalMethod<'remove_devices'>;
  /** Gives devices to another MDM server, with a deadline for their migration if wanted. */
  readonly moveDevices: PortalMethod<'move_devices'>;
  /** Puts new devices in the place of others, as a repair does. */
  readonly replaceDevices: PortalMethod<'replace_devices'>;
  /** Puts devices into cooldown. */
  readonly throttleDevices: PortalMethod<'throttle_devices'>;
  /** The devices, by serial number, have fetched their enrollment profile: its status is `pushed`. */
  readonly markProfileFetched: PortalMethod<'mark_profile_fetched'>;
  /** Apple has new terms, which nobody accepted yet. */
  readonly expireTerms: SimplePortalMethod<'expire_terms'>;
  /** Somebody accepts the newest terms. */
  readonly acceptTerms: SimplePortalMethod<'accept_terms'>;
  /** The server token of an MDM server, of the first where none is named, is good no more. */
  readonly revokeServerToken: SimplePortalMethod<'revoke_server_token'>;
  /** The same, because its time is over. */
  readonly expireServerToken: SimplePortalMethod<'expire_server_token'>;
  /** Makes a new server token; `credentials` has it from then on. */
  readonly renewServerToken: SimplePortalMethod<'renew_server_token'>;
  /** Devices say in a TokenUpdate check-in how pushes reach them. */
  readonly registerPush: PortalMethod<'register_push'>;
  /** The devices, by serial number or push token, get new push tokens. */
  readonly rotatePushTokens: PortalMethod<'rotate_push_tokens'>;
  /** The devices get a new PushMagic. */
  readonly rotatePushMagic: PortalMethod<'rotate_push_magic'>;
  /** The push tokens of the devices are good no more: 410. */
  readonly unregisterPush: PortalMethod<'unregister_push'>;
  /** Pushes to the devices are stored. */
  readonly takeOffline: PortalMethod<'take_offline'>;
  /** Pushes reach the devices again, and those that were stored arrive. */
  readonly bringOnline: PortalMethod<'bring_online'>;
  /** Push certificates of a topic, or one by its fingerprint, are good no more; the organization's own where none is named. */
  readonly revokePushCertificate: SimplePortalMethod<'revoke_push_certificate'>;
  /** A key for provider tokens, the first where none is named, is good no more. */
  readonly revokePushKey: SimplePortalMethod<'revoke_push_key'>;
  /** A location, the first where none is named, gets licenses of an app or book. */
  readonly buy: PortalMethod<'buy'>;
  /** Licenses go to another location. */
  readonly transfer: PortalMethod<'transfer'>;
  /** Licenses are given back. */
  readonly refund: PortalMethod<'refund'>;
  /** More seats of a subscription. */
  readonly buySubscription: PortalMethod<'buy_subscription'>;
  /** A user accepts the invitation to be managed. */
  readonly acceptInvitation: PortalMethod<'accept_invitation'>;
  /** A user of a location is retired. */
  readonly retireUser: PortalMethod<'retire_user'>;
  /** The content token of a location, the first where none is named, is good no more. */
  readonly revokeContentToken: SimplePortalMethod<'revoke_content_token'>;
  /** The same, because its time is over. */
  readonly expireContentToken: SimplePortalMethod<'expire_content_token'>;
  /** Makes a new content token; `credentials` has it from then on. */
  readonly renewContentToken: SimplePortalMethod<'renew_content_token'>;
  /** Another MDM claims a location by its client config. */
  readonly takeOver: SimplePortalMethod<'take_over'>;
}
