import type { Crabapple } from './crabapple.ts';

interface Device {
  readonly serial_number: string;
  readonly push_token: string;
}

interface DevicePage {
  readonly devices: readonly Device[];
  readonly next: string | null;
}

const LIMIT = 1000;

/** The first devices of a server, as the control API lists them. */
export async function devicesOf(crabapple: Crabapple, count: number): Promise<readonly Device[]> {
  const devices: Device[] = [];
  for (let cursor = '', more = true; more && devices.length < count; ) {
    const page = await crabapple.control<DevicePage>(`devices?limit=${LIMIT}${cursor}`);
    devices.push(...page.devices);
    cursor = `&cursor=${page.next}`;
    more = page.next !== null;
  }
  return devices.slice(0, count);
}
