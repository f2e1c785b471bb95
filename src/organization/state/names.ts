import type { DeviceRef } from '../device-ref.ts';
import type { MdmServer } from '../enrollment/mdm-server.ts';
import type { InventoryReader } from '../inventory/inventory.ts';
import { deviceOf, type RegistrationNumber, registrationOf } from '../push/registration.ts';
import type { DeviceName, RegistrationName } from './state.ts';
import { StateError } from './state-error.ts';

type Path = readonly (string | number)[];

const USER = '/user';

export const nameOfDevice = (inventory: InventoryReader, ref: DeviceRef): DeviceName => {
  const serial = inventory.serialNumber(ref);
  return inventory.find(serial) === ref ? serial : ref;
};

/** @throws StateError */
export function deviceNamed(inventory: InventoryReader, name: DeviceName, path: Path): DeviceRef {
  const ref = typeof name === 'number' ? name : inventory.find(name);
  if (ref !== undefined && inventory.has(ref)) return ref;
  throw new StateError(path, `no device has the serial number ${name}`);
}

export function nameOfRegistration(
  inventory: InventoryReader,
  registration: RegistrationNumber,
): RegistrationName {
  const device = deviceOf(registration);
  const name = device === undefined ? undefined : nameOfDevice(inventory, device);
  if (typeof name !== 'string') return registration;
  return registration % 2 === 0 ? name : `${name}${USER}`;
}

/** @throws StateError */
export function registrationNamed(
  inventory: InventoryReader,
  name: RegistrationName,
  path: Path,
): RegistrationNumber {
  if (typeof name === 'number') {
    if (name >= 0) deviceNamed(inventory, Math.floor(name / 2), path);
    return name;
  }
  if (!name.endsWith(USER)) return registrationOf(deviceNamed(inventory, name, path));
  return registrationOf(deviceNamed(inventory, name.slice(0, -USER.length), path), 'user');
}

/** @throws StateError */
export function serverNamed(servers: readonly MdmServer[], name: string, path: Path): MdmServer {
  const found = servers.find(({ serverName }) => serverName === name);
  if (found !== undefined) return found;
  throw new StateError(path, `no MDM server of this file is named ${JSON.stringify(name)}`);
}
