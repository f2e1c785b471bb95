import { area, type Context, type Reducers } from '../area.ts';
import type { Inventory, InventoryReader } from '../inventory/inventory.ts';
import { device, list } from '../members.ts';
import { ENROLLMENT_ACTIONS } from './actions.ts';
import type { EnrollmentChange } from './change.ts';
import {
  addDevices,
  assignProfile,
  disownDevices,
  endThrottle,
  markProfileFetched,
  moveDevices,
  removeDevices,
  removeProfile,
  replaceDevice,
  throttleDevices,
} from './device-reducers.ts';
import { createEnrollment } from './initial-state.ts';
import type { MdmServer, MdmServerState } from './mdm-server.ts';
import { ENROLLMENT_MEMBERS } from './members.ts';
import type { ProfileReader, ProfileStore } from './profile-store.ts';
import {
  countRequest,
  expireServerToken,
  openSession,
  renewServerToken,
  revokeServerToken,
  rotateSession,
  useNonce,
  useSession,
} from './server-reducers.ts';

/** Device Enrollment, as reducers write it. */
export interface EnrollmentState {
  terms: 'accepted' | 'expired';
  readonly servers: readonly MdmServerState[];
  readonly profiles: ProfileStore;
  readonly inventory: Inventory;
  accountDriven: { readonly url: string; readonly updatedAt: number } | undefined;
  /** Number of the newest sync event. */
  lastEvent: number;
}

/** The same for everything but reducers. */
export interface EnrollmentReader
  extends Readonly<Omit<EnrollmentState, 'servers' | 'profiles' | 'inventory'>> {
  readonly servers: readonly MdmServer[];
  readonly profiles: ProfileReader;
  readonly inventory: InventoryReader;
}

const serverOf = (
  { state }: Context<EnrollmentState>,
  { server }: { readonly server: number },
): MdmServerState => state.servers[server]!;

const reducers: Reducers<EnrollmentChange, EnrollmentState> = {
  devices_added: (context, change) => addDevices(context, change.server, change.devices),
  devices_removed: (context, change) => removeDevices(context, change.devices),
  devices_moved: moveDevices,
  devices_disowned: (context, change) => disownDevices(context, change.devices),
  device_replaced: (context, change) => replaceDevice(context, change.device, change.replacement),
  devices_throttled: (context, change) => throttleDevices(context, change.devices, change.until),
  throttle_ended: (context, change) => endThrottle(context, change.devices),
  activation_locked: ({ state }, change) =>
    state.inventory.writeRare(change.device, { activationLocked: true }),
  profile_defined: ({ state }, change) => {
    state.profiles.add(change.server, change.profileUuid, change.profile);
  },
  profile_assigned: (context, change) => assignProfile(context, change.profile, change.devices),
  profile_removed: (context, change) => removeProfile(context, change.devices),
  profile_fetched: (context, change) => markProfileFetched(context, change.devices),
  terms_expired: ({ state }) => {
    state.terms = 'expired';
  },
  terms_accepted: ({ state }) => {
    state.terms = 'accepted';
  },
  server_token_renewed: (context, change) =>
    renewServerToken(serverOf(context, change), change.credentials, change.expiresAt, context.at),
  server_token_revoked: (context, change) => revokeServerToken(serverOf(context, change), context.at),
  server_token_expired: (context, change) => expireServerToken(serverOf(context, change), context.at),
  account_driven_profile_set: ({ state, at }, change) => {
    state.accountDriven = { url: change.url, updatedAt: at };
  },
  account_driven_profile_removed: ({ state }) => {
    state.accountDriven = undefined;
  },
  session_opened: (context, change) =>
    openSession(serverOf(context, change), change.token, change.alone, context.at),
  session_used: (context, change) => useSession(serverOf(context, change), change.token, context.at),
  session_rotated: (context, change) =>
    rotateSession(serverOf(context, change), change.token, change.successor, change.endsAt, context.at),
  nonce_used: (context, change) =>
    useNonce(serverOf(context, change), change.nonce, change.forgetAt, context.at),
  request_counted: (context, change) => countRequest(serverOf(context, change), context.at),
};

/** Devices, MDM servers and enrollment profiles. */
export const enrollmentArea = area<EnrollmentState, EnrollmentChange, EnrollmentReader>({
  name: 'enrollment',
  members: ENROLLMENT_MEMBERS,
  initialize: createEnrollment,
  reducers,
  actions: ENROLLMENT_ACTIONS,
  plannable: { throttle_ended: { members: { devices: list(device) } } },
});
