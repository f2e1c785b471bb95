import { AppleError } from '../../core/apple-error.ts';
import type { DeviceRef } from '../../organization/inventory/serial-numbers.ts';
import { operation } from '../operation.ts';
import { sessionScheme } from './authenticate-session.ts';
import { type CursorPlace, writeCursor } from './cursor.ts';
import { depError } from './dep-error.ts';
import { recordWriter, type Viewer } from './device-record.ts';
import { expiredCursor, ownCursor, PAGE_REQUEST, pageLimit, pageOf } from './page.ts';
import { ADE_PAGES } from './pages.ts';
import { protocolVersion } from './protocol-version.ts';

/** A walk covers the devices that the MDM server had when it began; what changed since comes with sync. */
type Walk = Extract<CursorPlace, { kind: 'walk' }>;

function* records(viewer: Viewer, devices: readonly DeviceRef[]): Generator<string> {
  const write = recordWriter(viewer);
  for (const device of devices) yield write(device);
}

export const fetchDevices = operation({
  about: 'Lists the devices of the MDM server, page by page',
  scheme: sessionScheme,
  body: PAGE_REQUEST,
  errors: ['INVALID_CURSOR', 'EXHAUSTED_CURSOR', 'EXPIRED_CURSOR'],
  source: ADE_PAGES.fetchDevices,
  handler({ organization, request, body, caller: { server } }) {
    const { behavior, enrollment, runtime } = organization;
    const limit = pageLimit(organization, body.limit);
    if (limit instanceof AppleError) return limit;

    let walk: Walk = { kind: 'walk', startedAt: enrollment.lastEvent, next: 0 };
    if (body.cursor !== undefined && body.cursor !== '') {
      const cursor = ownCursor(organization, server.index, body.cursor);
      if (cursor instanceof AppleError) return cursor;
      if (cursor.place.kind === 'sync') {
        // nanodep and micromdm begin every start with their stored sync cursor here, and go on to sync upon
        // this word: https://github.com/micromdm/nanodep/blob/main/sync/syncer.go
        return behavior.dep.fetch_with_sync_cursor === 'exhausted'
          ? depError('EXHAUSTED_CURSOR', 'the cursor has returned everything; use it on /devices/sync')
          : depError('INVALID_CURSOR', 'the cursor is one of sync, which behavior refuses here');
      }
      const expired = expiredCursor(organization, server.index, cursor);
      if (expired !== undefined) return expired;
      walk = cursor.place;
    }

    const viewer = { organization, server: server.index, version: protocolVersion(organization, request) };
    const found = enrollment.inventory.walk(server.index, walk.next, limit, walk.startedAt);
    const devices = records(viewer, found.devices);
    const count = found.devices.length;
    const now = runtime.clock.now();
    if (behavior.dep.cursor_stuck && body.cursor) {
      // Seen live, and a tight loop for clients without a guard: https://github.com/micromdm/nanodep/issues/73
      return pageOf(organization, { cursor: body.cursor, fetchedUntil: now, more: true, count, devices });
    }
    const place: CursorPlace =
      found.next === undefined
        ? { kind: 'sync', number: walk.startedAt, offset: 0 }
        : { ...walk, next: found.next };
    const cursor = writeCursor(organization, { server: server.index, place, issuedAt: now });
    const page = { cursor, fetchedUntil: now, more: found.next !== undefined, count, devices };
    return pageOf(organization, page);
  },
});
