import type { Response } from '../../../core/outcome.ts';
import type { EventRequest } from '../../../organization/content/event.ts';
import type { Organization } from '../../../organization/organization.ts';
import type { ContentManager } from '../caller.ts';
import { answer } from './render.ts';

/** What is asked happens in its own time; the answer names the event to ask about. */
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
