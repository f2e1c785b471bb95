import { ACTION_NAMES } from '../organization/actions.ts';
import type { Area } from '../organization/area.ts';
import type { Action, ActionArguments } from '../scenario/generated/scenario-types.ts';

/** The result of a portal action. */
export interface ActionResult {
  /** The number of changes; 0 if the action had no effect. */
  readonly changes: number;
}

/** A portal action; the argument is what follows the name of the action in a scenario file. */
export type PortalMethod<Name extends keyof ActionArguments> = (
  argument: ActionArguments[Name],
) => Promise<ActionResult>;

/** A portal action whose argument is optional. */
export type SimplePortalMethod<Name extends keyof ActionArguments> = (
  argument?: ActionArguments[Name],
) => Promise<ActionResult>;

/**
 * The actions of an administrator in Apple's portals, and events of devices. A method rejects with ActionError if the
 * action is not possible, and with ScenarioError if its argument is invalid; nothing is changed then.
 */
export interface Portal {
  /** Adds devices, listed or generated: `[{ generate: 10, device_family: 'iPad' }]`. Adds a removed device again. */
  readonly addDevices: PortalMethod<'add_devices'>;
  /** Unassigns devices, by serial number, from their MDM server. */
  readonly removeDevices: PortalMethod<'remove_devices'>;
  /** Assigns devices to another MDM server, optionally with a migration deadline. */
  readonly moveDevices: PortalMethod<'move_devices'>;
  /** Replaces devices with new ones, as a repair does. */
  readonly replaceDevices: PortalMethod<'replace_devices'>;
  /** Puts devices into cooldown: assigning a profile to them fails. */
  readonly throttleDevices: PortalMethod<'throttle_devices'>;
  /** The devices, by serial number, fetch their enrollment profile: `profile_status` becomes `pushed`. */
  readonly markProfileFetched: PortalMethod<'mark_profile_fetched'>;
  /** Apple publishes new terms and conditions; the organization has not accepted them. */
  readonly expireTerms: SimplePortalMethod<'expire_terms'>;
  /** An administrator accepts the newest terms and conditions. */
  readonly acceptTerms: SimplePortalMethod<'accept_terms'>;
  /** Revokes the server token of an MDM server; default: the first MDM server. */
  readonly revokeServerToken: SimplePortalMethod<'revoke_server_token'>;
  /** Expires the server token of an MDM server; default: the first MDM server. */
  readonly expireServerToken: SimplePortalMethod<'expire_server_token'>;
  /** Issues a new server token, which `credentials` returns from then on. */
  readonly renewServerToken: SimplePortalMethod<'renew_server_token'>;
  /** Registers devices for pushes, as a TokenUpdate check-in does. */
  readonly registerPush: PortalMethod<'register_push'>;
  /** Gives new push tokens to devices, by serial number or push token. */
  readonly rotatePushTokens: PortalMethod<'rotate_push_tokens'>;
  /** Gives a new PushMagic to devices. */
  readonly rotatePushMagic: PortalMethod<'rotate_push_magic'>;
  /** Unregisters the push tokens of devices: APNs returns 410. */
  readonly unregisterPush: PortalMethod<'unregister_push'>;
  /** Takes devices offline: APNs stores the newest push. */
  readonly takeOffline: PortalMethod<'take_offline'>;
  /** Brings devices online: stored pushes are delivered. */
  readonly bringOnline: PortalMethod<'bring_online'>;
  /** Revokes push certificates, by topic or fingerprint; default: those of the organization's topic. */
  readonly revokePushCertificate: SimplePortalMethod<'revoke_push_certificate'>;
  /** Revokes a key for provider tokens; default: the first key. */
  readonly revokePushKey: SimplePortalMethod<'revoke_push_key'>;
  /** Buys licenses of an app or book for a location; default: the first location. */
  readonly buy: PortalMethod<'buy'>;
  /** Transfers licenses to another location. */
  readonly transfer: PortalMethod<'transfer'>;
  /** Refunds licenses. */
  readonly refund: PortalMethod<'refund'>;
  /** Buys seats of a subscription. */
  readonly buySubscription: PortalMethod<'buy_subscription'>;
  /** A user accepts the invitation to Apps and Books. */
  readonly acceptInvitation: PortalMethod<'accept_invitation'>;
  /** Retires a user of a location. */
  readonly retireUser: PortalMethod<'retire_user'>;
  /** Revokes the content token of a location; default: the first location. */
  readonly revokeContentToken: SimplePortalMethod<'revoke_content_token'>;
  /** Expires the content token of a location; default: the first location. */
  readonly expireContentToken: SimplePortalMethod<'expire_content_token'>;
  /** Issues a new content token, which `credentials` returns from then on. */
  readonly renewContentToken: SimplePortalMethod<'renew_content_token'>;
  /** Another MDM takes over a location with its client config. */
  readonly takeOver: SimplePortalMethod<'take_over'>;
}

/** `add_devices` becomes `addDevices`. */
export const methodOf = (action: string): string =>
  action.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** One method for each portal action. @param areas beside those of every organization */
export const portalOf = (act: (action: Action) => Promise<ActionResult>, areas: readonly Area[]): Portal =>
  Object.fromEntries(
    [...ACTION_NAMES, ...areas.flatMap(({ actions }) => Object.keys(actions))].map((name) => [
      methodOf(name),
      (argument: unknown = true) => act({ [name]: argument } as unknown as Action),
    ]),
  ) as unknown as Portal;
