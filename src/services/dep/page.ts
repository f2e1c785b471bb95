import { instant } from '../../core/clock.ts';
import type { Response } from '../../core/outcome.ts';
import type { Organization } from '../../organization/organization.ts';
import { BodyWriter } from '../body-writer.ts';
import { type Cursor, readCursor } from './cursor.ts';
import { depError } from './dep-error.ts';
import { written } from './render.ts';

/** Members of the requests that ask for a page of devices. */
export const PAGE_REQUEST = { cursor: 'text', limit: 'integer' } as const;

/** Clients take 0 and null for the default: https://developer.apple.com/documentation/devicemanagement/fetchdevicerequest */
export function pageLimit({ behavior }: Organization, limit: number | undefined) {
  const { limit_default, limit_max, limit_over_max } = behavior.dep;
  if (limit === undefined || limit === 0) return limit_default;
  if (limit < 0) return depError('MALFORMED_REQUEST_BODY', `limit is ${limit}; it must be positive`);
  if (limit > limit_max && limit_over_max === 'error') {
    return depError('MALFORMED_REQUEST_BODY', `limit is ${limit}; ${limit_max} are allowed`);
  }
  return Math.min(limit, limit_max);
}

/** The cursor, where it is one of this MDM server. */
export function ownCursor(organization: Organization, server: number, text: string) {
  const cursor = readCursor(organization, text);
  if (cursor === undefined) {
    return depError(
      'INVALID_CURSOR',
      `the cursor ${JSON.stringify(text.slice(0, 80))} was never issued here`,
    );
  }
  if (cursor.server !== server) {
    const name = organization.enrollment.servers[cursor.server]?.serverName;
    return depError(
      'INVALID_CURSOR',
      `the cursor belongs to ${name === undefined ? 'another MDM server' : `"${name}"`}`,
    );
  }
  const { place } = cursor;
  if ((place.kind === 'walk' ? place.startedAt : place.number) > organization.enrollment.lastEvent) {
    return depError('INVALID_CURSOR', 'the cursor is from before a reset');
  }
  return cursor;
}

/** Cursors live for seven days: https://developer.apple.com/documentation/devicemanagement/sync-devices */
export function expiredCursor(organization: Organization, server: number, { issuedAt, place }: Cursor) {
  const { cursor_max_age } = organization.behavior.dep;
  const age = organization.runtime.clock.now() - issuedAt;
  if (age > cursor_max_age) {
    return depError(
      'EXPIRED_CURSOR',
      `the cursor is ${Math.floor(age / 1000)} s old; ${cursor_max_age / 1000} s are allowed`,
    );
  }
  const since = place.kind === 'walk' ? place.startedAt : place.number;
  if (since < organization.enrollment.servers[server]!.log.foldedUpTo) {
    return depError(
      'EXPIRED_CURSOR',
      'so much has happened since that cursor that its changes are no longer kept',
    );
  }
  return undefined;
}

export interface Page {
  readonly cursor: string;
  readonly fetchedUntil: number;
  readonly more: boolean;
  /** How many devices there are. */
  readonly count: number;
  /** Each in JSON, made when it is asked for. */
  readonly devices: Iterable<string>;
}

/** Bytes of a device with all its members; most pages have room then. */
const EXPECTED_DEVICE = 640;

export function pageOf(organization: Organization, page: Page): Response {
  const { fetched_until } = organization.behavior.dep;
  const head = JSON.stringify({
    cursor: page.cursor,
    fetched_until: fetched_until === 'always' ? instant(page.fetchedUntil) : undefined,
    more_to_follow: page.more,
  });
  const body = new BodyWriter(page.count * EXPECTED_DEVICE);
  body.write(`${head.slice(0, -1)},"devices":[`);
  let separator = '';
  for (const device of page.devices) {
    body.write(separator + device);
    separator = ',';
  }
  body.write(']}');
  return written(organization, body.bytes);
}
