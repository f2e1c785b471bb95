import type { Response } from '../../core/outcome.ts';
import { queryValues } from '../../core/request.ts';
import { operation } from '../../engine/service.ts';
import type { EventFailure, EventRequest } from '../../organization/content/event.ts';
import type { Organization } from '../../organization/organization.ts';
import { readScheme } from './authenticate.ts';
import type { ContentManager } from './credentials.ts';
import { vppError, vppErrorText } from './errors.ts';
import { VPP_PAGES } from './pages.ts';
import { answer } from './render.ts';

/** Without empty lists: https://developer.apple.com/documentation/devicemanagement/responseerrorinfo */
function shown({ errorNumber, assets, clientUserIds, serialNumbers }: EventFailure): Record<string, unknown> {
  return {
    errorInfo: {
      ...(assets.length === 0 ? {} : { assets }),
      ...(clientUserIds.length === 0 ? {} : { clientUserIds }),
      ...(serialNumbers.length === 0 ? {} : { serialNumbers }),
    },
    errorMessage: vppErrorText(errorNumber),
    errorNumber,
  };
}

export const status = operation({
  name: 'vpp.status',
  methods: ['GET'],
  path: '/mdm/v2/status',
  about: 'Returns the status of an event',
  scheme: readScheme,
  errors: ['9708'],
  source: VPP_PAGES.status,
  handler({ organization, request, caller }) {
    const eventId = queryValues(request, 'eventId')[0] ?? '';
    const event = caller.location.events.get(eventId.toLowerCase());
    if (event === undefined) {
      const why =
        eventId === ''
          ? '`eventId` is missing in the query'
          : `"${caller.location.name}" has no event ${eventId.slice(0, 64)}`;
      return vppError('9708', why);
    }
    return answer(organization, caller, {
      eventStatus: event.status,
      eventType: event.type,
      ...(event.failures.length === 0 ? {} : { failures: event.failures.map(shown) }),
      numCompleted: event.numCompleted,
      numRequested: event.numRequested,
    });
  },
});

/** Requests an asynchronous event. The response has the id by which the client reads its status. */
export function requestEvent(
  organization: Organization,
  manager: ContentManager,
  numRequested: number,
  request: EventRequest,
): Response {
  const { identifiers } = organization.runtime;
  const eventId = identifiers.uuid(identifiers.next('event'));
  organization.apply({
    type: 'content_event_requested',
    location: manager.location.index,
    eventId,
    numRequested,
    request,
  });
  return answer(organization, manager, { eventId });
}
