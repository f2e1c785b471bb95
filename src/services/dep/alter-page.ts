import { type Body, bodyBytes, type Response } from '../../core/outcome.ts';
import { type HttpRequest, parseBody } from '../../core/request.ts';
import type { PageFault } from '../page-fault.ts';
import { DEP_PATHS } from './endpoints.ts';

const PAGES: ReadonlySet<string> = new Set([DEP_PATHS.fetch, DEP_PATHS.sync]);

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
  const asked = parseBody(request);
  return asked.kind === 'json' ? (asked.value as { readonly cursor?: unknown } | null)?.cursor : undefined;
}

/**
 * The page with something wrong in it; undefined where the answer is none. An echoed cursor with more to follow was seen
 * live: https://github.com/micromdm/nanodep/issues/73. Devices that vanish: https://github.com/fleetdm/fleet/pull/45590.
 */
export function alterPage(fault: PageFault, request: HttpRequest, response: Response): Body | undefined {
  const page = PAGES.has(request.path) ? pageIn(response) : undefined;
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
