import type { Change } from '../change.ts';
import {
  type Applying,
  addDevices,
  disownDevices,
  endThrottle,
  moveDevices,
  removeDevices,
  replaceDevice,
  throttleDevices,
} from './apply-devices.ts';
import { assignProfile, markProfileFetched, removeProfile } from './apply-profiles.ts';
import { expireServerToken, renewServerToken, revokeServerToken } from './apply-server-tokens.ts';
import { countRequest, openSession, rotateSession, useNonce, useSession } from './apply-sessions.ts';

/** The one way in which the state of Device Enrollment alters. */
export function applyChange(applying: Applying, change: Change): void {
  const { state, at } = applying;
  switch (change.type) {
    case 'devices_added':
      addDevices(applying, change.server, change.devices);
      return;
    case 'devices_removed':
      removeDevices(applying, change.devices);
      return;
    case 'devices_moved':
      moveDevices(applying, change);
      return;
    case 'devices_disowned':
      disownDevices(applying, change.devices);
      return;
    case 'device_replaced':
      replaceDevice(applying, change.device, change.replacement);
      return;
    case 'devices_throttled':
      throttleDevices(applying, change.devices, change.until);
      return;
    case 'throttle_ended':
      endThrottle(applying, change.devices);
      return;
    case 'activation_locked':
      state.inventory.writeRare(change.device, { activationLocked: true });
      return;
    case 'profile_defined':
      state.profiles.add(change.server, change.profileUuid, change.profile);
      return;
    case 'profile_assigned':
      assignProfile(applying, change.profile, change.devices);
      return;
    case 'profile_removed':
      removeProfile(applying, change.devices);
      return;
    case 'profile_fetched':
      markProfileFetched(applying, change.devices);
      return;
    case 'terms_lapsed':
      state.terms = 'lapsed';
      return;
    case 'terms_accepted':
      state.terms = 'accepted';
      return;
    case 'server_token_renewed':
      renewServerToken(state.servers[change.server]!, change.credentials, change.expiresAt, at);
      return;
    case 'server_token_revoked':
      revokeServerToken(state.servers[change.server]!, at);
      return;
    case 'server_token_expired':
      expireServerToken(state.servers[change.server]!, at);
      return;
    case 'account_driven_profile_set':
      state.accountDriven = { url: change.url, updatedAt: at };
      return;
    case 'account_driven_profile_removed':
      state.accountDriven = undefined;
      return;
    case 'session_opened':
      openSession(state.servers[change.server]!, change.token, change.alone, at);
      return;
    case 'session_used':
      useSession(state.servers[change.server]!, change.token, at);
      return;
    case 'session_rotated':
      rotateSession(state.servers[change.server]!, change.token, change.successor, change.endsAt, at);
      return;
    case 'nonce_used':
      useNonce(state.servers[change.server]!, change.nonce, change.forgetAt, at);
      return;
    case 'request_counted':
      countRequest(state.servers[change.server]!, at);
      return;
  }
}
