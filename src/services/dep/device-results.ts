import { type HttpRequest, parseBody } from '../../core/request.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import type { Organization } from '../../organization/organization.ts';
import { depError } from './errors.ts';

/** The result for one device. */
export type DeviceResult = 'SUCCESS' | 'NOT_ACCESSIBLE' | 'FAILED' | 'THROTTLED';

/** The device, if it belongs to this MDM server. */
export function accessible(
  organization: Organization,
  server: number,
  serial: string,
): DeviceRef | undefined {
  const { inventory } = organization.enrollment;
  const device = inventory.find(serial);
  return device !== undefined && inventory.serverOf(device) === server ? device : undefined;
}

/** Explains why a device is not accessible. */
export function whyNotAccessible(organization: Organization, serial: string): string {
  const { inventory, servers } = organization.enrollment;
  const device = inventory.find(serial);
  if (device === undefined) return `no device of the organization has the serial number ${serial}`;
  const server = servers[inventory.serverOf(device)];
  return server === undefined
    ? `${serial} belongs to no MDM server any more`
    : `${serial} belongs to the MDM server "${server.serverName}"`;
}

/** Milliseconds for which a device stays throttled; 0 if it is not. */
export function throttledFor(organization: Organization, device: DeviceRef): number {
  const until = organization.enrollment.inventory.rare(device).throttledUntil ?? 0;
  return Math.max(0, until - organization.runtime.clock.now());
}

export function hasDuplicates(serials: readonly string[]): boolean {
  return new Set(serials).size < serials.length;
}

/** DEVICE_ID_REQUIRED without serial numbers, or the error for duplicates that the behavior setting requires. */
export function serialsProblem(organization: Organization, serials: readonly string[] | undefined) {
  if (serials === undefined || serials.length === 0) {
    return depError('DEVICE_ID_REQUIRED', '`devices` must list at least one serial number');
  }
  if (organization.behavior.dep.duplicate_serials === 'malformed' && hasDuplicates(serials)) {
    return depError('MALFORMED_REQUEST_BODY', '`devices` lists a serial number twice');
  }
  return undefined;
}

export interface DeviceResults {
  readonly devices: Readonly<Record<string, DeviceResult>>;
  /** The first reason for a result other than success, and the number of others. */
  readonly why: string | undefined;
}

/** One result for each serial number, however often it is named. */
export function resultsFor(
  organization: Organization,
  server: number,
  serials: readonly string[],
  result: (device: DeviceRef) => DeviceResult,
): DeviceResults {
  // Not a plain object: `__proto__` is a serial number like any other.
  const devices: Record<string, DeviceResult> = Object.create(null);
  let first: string | undefined;
  let failures = 0;
  for (const serial of serials) {
    if (serial in devices) continue;
    const device = accessible(organization, server, serial);
    const word = device === undefined ? 'NOT_ACCESSIBLE' : result(device);
    devices[serial] = word;
    if (word === 'SUCCESS') continue;
    failures += 1;
    first ??= device === undefined ? whyNotAccessible(organization, serial) : `${serial} is ${word}`;
  }
  const more = failures > 1 ? `, and ${failures - 1} more without success` : '';
  return { devices, why: first === undefined ? undefined : first + more };
}

/** The serial numbers that a request names. */
export function devicesIn(request: HttpRequest): readonly string[] {
  const body = parseBody(request);
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return [];
  const { device, devices } = body.value as { readonly device?: unknown; readonly devices?: unknown };
  const named: readonly unknown[] = [device, ...(Array.isArray(devices) ? devices : [])];
  return [...new Set(named.filter((serial) => typeof serial === 'string'))];
}
