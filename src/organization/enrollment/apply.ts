import type { Appliers, Change } from '../change.ts';
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
import type { EnrollmentChange } from './change.ts';
import type { MdmServer } from './mdm-server.ts';
import { restoreEnrollment } from './saved.ts';

const serverOf = ({ state }: Applying, { server }: { readonly server: number }): MdmServer =>
  state.servers[server]!;

const APPLIERS: Appliers<EnrollmentChange, Applying> = {
  devices_added: (applying, change) => addDevices(applying, change.server, change.devices),
  devices_removed: (applying, change) => removeDevices(applying, change.devices),
  devices_moved: moveDevices,
  devices_disowned: (applying, change) => disownDevices(applying, change.devices),
  device_replaced: (applying, change) => replaceDevice(applying, change.device, change.replacement),
  devices_throttled: (applying, change) => throttleDevices(applying, change.devices, change.until),
  throttle_ended: (applying, change) => endThrottle(applying, change.devices),
  activation_locked: ({ state }, change) =>
    state.inventory.writeRare(change.device, { activationLocked: true }),
  profile_defined: ({ state }, change) => {
    state.profiles.add(change.server, change.profileUuid, change.profile);
  },
  profile_assigned: (applying, change) => assignProfile(applying, change.profile, change.devices),
  profile_removed: (applying, change) => removeProfile(applying, change.devices),
  profile_fetched: (applying, change) => markProfileFetched(applying, change.devices),
  terms_expired: ({ state }) => {
    state.terms = 'expired';
  },
  terms_accepted: ({ state }) => {
    state.terms = 'accepted';
  },
  server_token_renewed: (applying, change) =>
    renewServerToken(serverOf(applying, change), change.credentials, change.expiresAt, applying.at),
  server_token_revoked: (applying, change) => revokeServerToken(serverOf(applying, change), applying.at),
  server_token_expired: (applying, change) => expireServerToken(serverOf(applying, change), applying.at),
  account_driven_profile_set: ({ state, at }, change) => {
    state.accountDriven = { url: change.url, updatedAt: at };
  },
  account_driven_profile_removed: ({ state }) => {
    state.accountDriven = undefined;
  },
  enrollment_restored: ({ state, numbering }, { saved }) => restoreEnrollment(state, saved, numbering),
  session_opened: (applying, change) =>
    openSession(serverOf(applying, change), change.token, change.alone, applying.at),
  session_used: (applying, change) => useSession(serverOf(applying, change), change.token, applying.at),
  session_rotated: (applying, change) =>
    rotateSession(serverOf(applying, change), change.token, change.successor, change.endsAt, applying.at),
  nonce_used: (applying, change) =>
    useNonce(serverOf(applying, change), change.nonce, change.forgetAt, applying.at),
  request_counted: (applying, change) => countRequest(serverOf(applying, change), applying.at),
};

export const isEnrollmentChange = (change: Change): change is EnrollmentChange =>
  Object.hasOwn(APPLIERS, change.type);

/** The one way in which the state of Device Enrollment alters. */
export function applyEnrollmentChange(applying: Applying, change: EnrollmentChange): void {
  (APPLIERS[change.type] as (applying: Applying, change: EnrollmentChange) => void)(applying, change);
}
