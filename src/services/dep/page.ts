import { instant } from '../../core/clock.ts';
import { type Body, bodyBytes, type Response } from '../../core/outcome.ts';
import { type HttpRequest, parseBody } from '../../core/request.ts';
import type { PageFault } from '../../engine/service.ts';
import type { Organization } from '../../organization/organization.ts';
import { type Cursor, readCursor } from './cursor.ts';
import { depError } from './errors.ts';
import { written } from './render.ts';

const encoder = new TextEncoder();

/** A UTF-16 code unit takes at most three bytes in UTF-8. */
const LARGEST_UNIT = 3;

/**
 * Encodes a long body piece by piece. Concatenating thousands of pieces would cost more than producing them.
 */
export class BodyWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** @param expected bytes; the writer grows if needed */
  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected);
  }

  write(text: string): void {
    const needed = this.#length + text.length * LARGEST_UNIT;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  /** The bytes written so far. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** Members of a request for a page of devices. */
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

/** The cursor, if this MDM server has it. */
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
  /** Number of devices. */
  readonly count: number;
  /** Each in JSON, produced on demand. */
  readonly devices: Iterable<string>;
}

/** Bytes of a device with all its members: enough for most pages. */
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

interface PageBody {
  readonly cursor?: unknown;
  readonly devices: readonly unknown[];
}

const decoder = new TextDecoder();

function pageIn({ status, body }: Response): PageBody | undefined {
  const bytes = bodyBytes(body);
  return status === 200 && bytes !== undefined ? (JSON.parse(decoder.decode(bytes)) as PageBody) : undefined;
}

function cursorOf(request: HttpRequest): unknown {
  const body = parseBody(request);
  return body.kind === 'json' ? (body.value as { readonly cursor?: unknown } | null)?.cursor : undefined;
}

/**
 * Applies a fault to a page; undefined if the response is no page. An echoed cursor with more to follow was recorded in
 * https://github.com/micromdm/nanodep/issues/73, devices that vanish in https://github.com/fleetdm/fleet/pull/45590.
 */
export function alterPage(fault: PageFault, request: HttpRequest, response: Response): Body | undefined {
  const page = pageIn(response);
  if (page === undefined) return undefined;
  if ('stuck_cursor' in fault) {
    return JSON.stringify({ ...page, cursor: cursorOf(request) ?? page.cursor, more_to_follow: true });
  }
  switch (fault.sync_events) {
    case 'lost':
      return JSON.stringify({ ...page, devices: [] });
    case 'doubled':
      return JSON.stringify({ ...page, devices: page.devices.flatMap((device) => [device, device]) });
  }
}
