import { AppleError } from '../../core/apple-error.ts';
import { instant } from '../../core/clock.ts';
import { jsonBody } from '../../engine/body.ts';
import { fieldsSince } from '../../engine/fields.ts';
import { operation } from '../../engine/service.ts';
import type { SyncEvent, SyncRecord } from '../../organization/enrollment/sync-log.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { sessionScheme } from './authenticate-session.ts';
import { writeCursor } from './cursor.ts';
import { recordWriter, type Viewer } from './device-record.ts';
import { depError } from './errors.ts';
import { DEP_FIELDS } from './fields.ts';
import { alterPage, expiredCursor, ownCursor, PAGE_REQUEST, pageLimit, pageOf } from './page.ts';
import { ADE_PAGES } from './pages.ts';
import { membersText, protocolVersion } from './render.ts';

/** Records of one event share their last members. */
function* syncRecords(viewer: Viewer, records: readonly SyncRecord[]): Generator<string> {
  const knows = fieldsSince(DEP_FIELDS.device, viewer.version);
  const write = recordWriter(viewer);
  let last: SyncEvent | undefined;
  let eventMembers = '';
  for (const { device, event } of records) {
    if (event !== last) {
      last = event;
      const released = event.releasedByReplacement && knows.has('released_by_replacement');
      eventMembers = membersText({
        op_type: event.operation,
        op_date: instant(event.at),
        released_by_replacement: released ? true : undefined,
      });
    }
    yield write(device, eventMembers);
  }
}

export const syncDevices = operation({
  name: 'dep.devices.sync',
  methods: ['POST'],
  path: '/devices/sync',
  about: 'Lists the changes to the devices of the MDM server since a cursor',
  scheme: sessionScheme,
  body: jsonBody(PAGE_REQUEST),
  errors: ['CURSOR_REQUIRED', 'INVALID_CURSOR', 'EXPIRED_CURSOR'],
  source: ADE_PAGES.syncDevices,
  alterPage,
  handler({ organization, request, body, caller: { server } }) {
    const { behavior, enrollment, runtime } = organization;
    const limit = pageLimit(organization, body.limit);
    if (limit instanceof AppleError) return limit;
    if (body.cursor === undefined || body.cursor === '') {
      return depError('CURSOR_REQUIRED', 'sync goes on from the cursor of the last page of /server/devices');
    }
    const cursor = ownCursor(organization, server.index, body.cursor);
    if (cursor instanceof AppleError) return cursor;
    const expired = expiredCursor(organization, server.index, cursor);
    if (expired !== undefined) return expired;

    // A cursor from the middle of a walk is taken as the moment at which the walk began.
    const from = cursor.place.kind === 'walk' ? { number: cursor.place.startedAt, offset: 0 } : cursor.place;
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
    const nextCursor = writeCursor(organization, { server: server.index, place, issuedAt: now });
    return pageOf(organization, { cursor: nextCursor, fetchedUntil, more, count, devices });
  },
});
