import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import type { Organization } from '../../organization/organization.ts';

/** Where a client stands: in a walk over the devices, or in the log of what happened. */
export type CursorPlace =
  | { readonly kind: 'walk'; readonly startedAt: number; readonly next: DeviceRef }
  | { readonly kind: 'sync'; readonly number: number; readonly offset: number };

export interface Cursor {
  /** Index of the MDM server that it was issued to. */
  readonly server: number;
  readonly place: CursorPlace;
  /** Virtual time, milliseconds since the epoch. */
  readonly issuedAt: number;
}

const CHECK_DIGITS = 10;

function checkOf(organization: Organization, text: string): string {
  return organization.runtime.identifiers.hex(`cursor ${text}`, CHECK_DIGITS);
}

function fieldsOf({ server, place }: Cursor): readonly number[] {
  return place.kind === 'walk'
    ? [0, server, place.startedAt, place.next]
    : [1, server, place.number, place.offset];
}

function cursorOf(fields: readonly number[], issuedAt: number): Cursor {
  const [kind = 0, server = 0, first = 0, second = 0] = fields;
  const place: CursorPlace =
    kind === 0
      ? { kind: 'walk', startedAt: first, next: second }
      : { kind: 'sync', number: first, offset: second };
  return { server, place, issuedAt };
}

const unpadded = (text: string): string => btoa(text).replaceAll('=', '');

function plain(cursor: string): string | undefined {
  try {
    return atob(cursor);
  } catch {
    return undefined;
  }
}

/**
 * A cursor carries its place in itself, so none is kept. In the form of live ones: unpadded base64 of
 * colon-separated values (https://github.com/micromdm/micromdm/blob/main/dep/testdata/device_response.json), at
 * most 128 characters (what zentral keeps), new on each call.
 */
export function writeCursor(organization: Organization, cursor: Cursor): string {
  const serial = Number(organization.runtime.identifiers.next('cursor').split('#')[1]);
  const fields = [...fieldsOf(cursor), serial];
  if (organization.behavior.dep.cursor_format === 'depsim')
    return writeSimulatorCursor(organization, cursor, fields);
  const text = [...fields, cursor.issuedAt].join(':');
  return unpadded(`${text}:${checkOf(organization, text)}`);
}

/** Undefined for anything that this organization never issued. */
export function readCursor(organization: Organization, text: string): Cursor | undefined {
  if (text.length > 1000) return undefined;
  const value = plain(text);
  if (value === undefined) return undefined;
  if (organization.behavior.dep.cursor_format === 'depsim') return readSimulatorCursor(organization, value);
  const end = value.lastIndexOf(':');
  const signed = value.slice(0, Math.max(end, 0));
  if (!/^\d+(:\d+){4}:-?\d+$/.test(signed)) return undefined;
  if (value.slice(end + 1) !== checkOf(organization, signed)) return undefined;
  const fields = signed.split(':').map(Number);
  return cursorOf(fields, fields[5]!);
}

/** Widths of kind, server, the two places, serial. */
const SIMULATOR_WIDTHS = [1, 5, 12, 16, 9] as const;
const SIMULATOR_CHECK = 8;

const decimalCheck = (organization: Organization, text: string): string =>
  String(Number.parseInt(checkOf(organization, text), 16))
    .slice(-SIMULATOR_CHECK)
    .padStart(SIMULATOR_CHECK, '0');

/** Apple's former simulator: base64 of `seconds-n` (https://github.com/micromdm/nanodep/blob/main/docs/operations-guide.md). */
function writeSimulatorCursor(
  organization: Organization,
  { issuedAt }: Cursor,
  fields: readonly number[],
): string {
  const digits = fields.map((field, index) => String(field).padStart(SIMULATOR_WIDTHS[index]!, '0')).join('');
  const text = `${Math.floor(issuedAt / 1000)}-1${digits}`;
  return unpadded(`${text}${decimalCheck(organization, text)}`);
}

function readSimulatorCursor(organization: Organization, value: string): Cursor | undefined {
  const match = /^(-?\d+)-1(\d+)$/.exec(value);
  if (match === null) return undefined;
  const text = value.slice(0, -SIMULATOR_CHECK);
  if (value.slice(-SIMULATOR_CHECK) !== decimalCheck(organization, text)) return undefined;
  const digits = match[2]!;
  let position = 0;
  const fields = SIMULATOR_WIDTHS.map((width) => {
    position += width;
    return Number(digits.slice(position - width, position));
  });
  return cursorOf(fields, Number(match[1]) * 1000);
}
