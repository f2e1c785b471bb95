import type { ApplyingContent } from './applying.ts';
import type { ContentEvent, EventFailure, EventRequest } from './event.ts';
import type { EventResult, Pair } from './event-result.ts';
import type { LocationState } from './location.ts';
import type { NotificationType } from './notification.ts';
import { assignmentElement, listens, notifyInPortions } from './notify.ts';
import { processAssets, processRevoke } from './process-assets.ts';
import { processSubscriptions } from './process-subscriptions.ts';
import { processUsers, type UsersResult } from './process-users.ts';
import { responseUser } from './user-rules.ts';

/** Does what an event is about. Any failed pair makes it FAILED, the others take effect all the same. */
export function processEvent(applying: ApplyingContent, location: LocationState, event: ContentEvent): void {
  const { request } = event;
  if (request === undefined) return;
  switch (request.kind) {
    case 'assets':
      settleAssets(applying, location, event, processAssets(applying, location, request));
      return;
    case 'revoke':
      settleAssets(applying, location, event, processRevoke(applying, location, request));
      return;
    case 'users':
      settleUsers(applying, location, event, processUsers(applying, location, request));
      return;
    case 'subscriptions':
      settleSubscriptions(
        applying,
        location,
        event,
        request,
        processSubscriptions(applying, location, request),
      );
      return;
  }
}

function settle(event: ContentEvent, completed: number, failures: readonly EventFailure[]): void {
  event.request = undefined;
  event.numCompleted = completed;
  event.failures = failures;
  event.status = failures.length === 0 ? 'COMPLETE' : 'FAILED';
}

function tellPairs(
  applying: ApplyingContent,
  location: LocationState,
  event: ContentEvent,
  { done, failedPairs }: EventResult,
  notificationType: NotificationType,
  element: (pair: Pair) => unknown,
): void {
  if (!listens(location, notificationType)) return;
  const what = { notificationType, member: 'assignments' };
  notifyInPortions(applying, location, event, what, done.map(element), { result: 'SUCCESS' });
  for (const [errorNumber, pairs] of failedPairs) {
    const outcome = { result: 'FAILURE', error: { errorNumber } } as const;
    notifyInPortions(applying, location, event, what, pairs.map(element), outcome);
  }
}

function settleAssets(
  applying: ApplyingContent,
  location: LocationState,
  event: ContentEvent,
  result: EventResult,
): void {
  settle(event, result.completed, result.failures);
  tellPairs(applying, location, event, result, 'ASSET_MANAGEMENT', assignmentElement);
}

function settleSubscriptions(
  applying: ApplyingContent,
  location: LocationState,
  event: ContentEvent,
  { renewing }: Extract<EventRequest, { kind: 'subscriptions' }>,
  result: EventResult,
): void {
  settle(event, result.completed, result.failures);
  tellPairs(applying, location, event, result, 'SUBSCRIPTION_MANAGEMENT', ({ asset, clientUserId }) => ({
    adamId: Number(asset.adamId),
    clientUserId,
    renewing,
  }));
}

function settleUsers(
  applying: ApplyingContent,
  location: LocationState,
  event: ContentEvent,
  { done, failed, failures }: UsersResult,
): void {
  settle(event, done.length, failures);
  if (!listens(location, 'USER_MANAGEMENT')) return;
  const what = { notificationType: 'USER_MANAGEMENT', member: 'users' } as const;
  const users = done.map((user) => responseUser(location, user));
  notifyInPortions(applying, location, event, what, users, { result: 'SUCCESS' });
  for (const [errorNumber, refused] of failed) {
    const outcome = { result: 'FAILURE', error: { errorNumber } } as const;
    const named = refused.map(({ clientUserId, email }) => ({ clientUserId, ...(email && { email }) }));
    notifyInPortions(applying, location, event, what, named, outcome);
  }
}
