import type { ActionName } from './action.ts';

/** Known before anybody acts: what the actions do is loaded with the first of them. */
const NAMES: Readonly<Record<ActionName, true>> = {
  add_devices: true,
  remove_devices: true,
  move_devices: true,
  replace_devices: true,
  throttle_devices: true,
  mark_profile_fetched: true,
  expire_terms: true,
  accept_terms: true,
  revoke_server_token: true,
  expire_server_token: true,
  renew_server_token: true,
  register_push: true,
  rotate_push_tokens: true,
  rotate_push_magic: true,
  unregister_push: true,
  take_offline: true,
  bring_online: true,
  revoke_push_certificate: true,
  revoke_push_key: true,
  buy: true,
  transfer: true,
  refund: true,
  buy_subscription: true,
  accept_invitation: true,
  retire_user: true,
  revoke_content_token: true,
  expire_content_token: true,
  renew_content_token: true,
  take_over: true,
};

export const ACTION_NAMES = Object.keys(NAMES) as readonly ActionName[];
