import { wholeSecond } from '../../core/clock.ts';
import type { DeviceRef } from '../device-ref.ts';
import type { DeviceState } from '../inventory/device-columns.ts';
import { type Applying, recordByServer } from './apply-devices.ts';

function editAll({ state }: Applying, devices: readonly DeviceRef[], edits: Partial<DeviceState>): void {
  for (const device of devices) state.inventory.edit(device, edits);
}

/** Sync shows it as `modified`, as it shows removal and the device's fetch of it. */
export function assignProfile(applying: Applying, profile: number, devices: readonly DeviceRef[]): void {
  editAll(applying, devices, {
    profile,
    profileStatus: 'assigned',
    profileAssignTime: wholeSecond(applying.at),
    profilePushTime: 0,
  });
  recordByServer(applying, 'modified', devices);
}

/** The profile_uuid stays to be seen on a removed one. */
export function removeProfile(applying: Applying, devices: readonly DeviceRef[]): void {
  editAll(applying, devices, { profileStatus: 'removed' });
  recordByServer(applying, 'modified', devices);
}

/** The device came to Setup Assistant and took its profile. */
export function markProfileFetched(applying: Applying, devices: readonly DeviceRef[]): void {
  editAll(applying, devices, { profileStatus: 'pushed', profilePushTime: wholeSecond(applying.at) });
  recordByServer(applying, 'modified', devices);
}
