import { AppleError } from '../../core/apple-error.ts';
import { instant } from '../../core/clock.ts';
import type { SyncEvent, SyncRecord } from '../../organization/enrollment/sync-log.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { fieldsSince } from '../fields.ts';
import { operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { writeCursor } from './cursor.ts';
import { depError } from './dep-error.ts';
import { recordWriter, type Viewer } from './device-record.ts';
import { membersText } from './json-text.ts';
import { expiredCursor, ownCursor, PAGE_REQUEST, pageLimit, pageOf } from './page.ts';
import { ADE_PAGES } from './pages.ts';
import { protocolVersion } from './protocol-version.ts';

/** Records of one event end alike. */
function* syncRecords(viewer: Viewer, records: readonly SyncRecord[]): Generator<string> {
  const knows = fieldsSince('dep', 'device', viewer.version);
  const write = recordWriter(viewer);
  let last: SyncEvent | undefined;
  let ending = '';
  for (const { device, event } of records) {
    if (event !== last) {
      last = event;
      const released = event.releasedByReplacement && knows.has('released_by_replacement');
      ending = membersText({
        op_type: event.operation,
        op_date: instant(event.at),
        released_by_replacement: released ? true : undefined,
      });
    }
    yield write(device, ending);
  }
}

export const syncDevices = operation({
  about: 'Lists what happened to the devices of the MDM server since a cursor',
  scheme: sessionScheme,
  body: PAGE_REQUEST,
  errors: ['CURSOR_REQUIRED', 'INVALID_CURSOR', 'EXPIRED_CURSOR'],
  source: ADE_PAGES.syncDevices,
  handler({ organization, request, body, caller: { server } }) {
    const { behavior, enrollment, runtime } = organization;
    const limit = pageLimit(organization, body.limit);
    if (limit instanceof AppleError) return limit;
    if (body.cursor === undefined || body.cursor === '') {
      return depError('CURSOR_REQUIRED', 'sync goes on from the cursor of the last page of /server/devices');
    }
    const asked = ownCursor(organization, server.index, body.cursor);
    if (asked instanceof AppleError) return asked;
    const expired = expiredCursor(organization, server.index, asked);
    if (expired !== undefined) return expired;

    // A cursor from the middle of a walk is taken as the moment at which the walk began.
    const from = asked.place.kind === 'walk' ? { number: asked.place.startedAt, offset: 0 } : asked.place;
    const now = runtime.clock.now();
    const hides = behavior.dep.throttled_in_sync === 'hidden';
    const shows = (device: DeviceRef): boolean =>
      !hides || (enrollment.inventory.rare(device).throttledUntil ?? 0) <= now;
    const { records, next, more } = server.log.read(from, limit, shows);
    const viewer = { organization, server: server.index, version: protocolVersion(organization, request) };
    const devices = syncRecords(viewer, records);
    const count = records.length;
    const fetchedUntil = more ? (records.at(-1)?.event.at ?? now) : now;
    if (behavior.dep.cursor_stuck) {
      return pageOf(organization, { cursor: body.cursor, fetchedUntil, more: true, count, devices });
    }
    const place = { kind: 'sync', number: next.number, offset: next.offset } as const;
    const cursor = writeCursor(organization, { server: server.index, place, issuedAt: now });
    return pageOf(organization, { cursor, fetchedUntil, more, count, devices });
  },
});
