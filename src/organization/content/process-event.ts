import type { ContentContext } from './area.ts';
import type { ContentEvent, EventFailure, EventRequest, EventResult, Pair } from './event.ts';
import type { LocationState } from './location.ts';
import { assignmentElement, listens, type NotificationType, notifyInPortions } from './notification.ts';
import { processAssets, processRevoke } from './process-assets.ts';
import { processSubscriptions } from './subscription.ts';
import { processUsers, responseUser, type UsersResult } from './user-rules.ts';

/** Performs an event. One failed pair makes it FAILED; the other pairs still take effect. */
export function processEvent(context: ContentContext, location: LocationState, event: ContentEvent): void {
  const { request } = event;
  if (request === undefined) return;
  switch (request.kind) {
    case 'assets':
      completeAssets(context, location, event, processAssets(context, location, request));
      return;
    case 'revoke':
      completeAssets(context, location, event, processRevoke(context, location, request));
      return;
    case 'users':
      completeUsers(context, location, event, processUsers(context, location, request));
      return;
    case 'subscriptions':
      completeSubscriptions(
        context,
        location,
        event,
        request,
        processSubscriptions(context, location, request),
      );
      return;
  }
}

function complete(event: ContentEvent, completed: number, failures: readonly EventFailure[]): void {
  event.request = undefined;
  event.numCompleted = completed;
  event.failures = failures;
  event.status = failures.length === 0 ? 'COMPLETE' : 'FAILED';
}

function notifyPairs(
  context: ContentContext,
  location: LocationState,
  event: ContentEvent,
  { done, failedPairs }: EventResult,
  notificationType: NotificationType,
  element: (pair: Pair) => unknown,
): void {
  if (!listens(location, notificationType)) return;
  const what = { notificationType, member: 'assignments' };
  notifyInPortions(context, location, event, what, done.map(element), { result: 'SUCCESS' });
  for (const [errorNumber, pairs] of failedPairs) {
    const outcome = { result: 'FAILURE', error: { errorNumber } } as const;
    notifyInPortions(context, location, event, what, pairs.map(element), outcome);
  }
}

function completeAssets(
  context: ContentContext,
  location: LocationState,
  event: ContentEvent,
  result: EventResult,
): void {
  complete(event, result.completed, result.failures);
  notifyPairs(context, location, event, result, 'ASSET_MANAGEMENT', assignmentElement);
}

function completeSubscriptions(
  context: ContentContext,
  location: LocationState,
  event: ContentEvent,
  { renewing }: Extract<EventRequest, { kind: 'subscriptions' }>,
  result: EventResult,
): void {
  complete(event, result.completed, result.failures);
  notifyPairs(context, location, event, result, 'SUBSCRIPTION_MANAGEMENT', ({ asset, clientUserId }) => ({
    adamId: Number(asset.adamId),
    clientUserId,
    renewing,
  }));
}

function completeUsers(
  context: ContentContext,
  location: LocationState,
  event: ContentEvent,
  { done, failed, failures }: UsersResult,
): void {
  complete(event, done.length, failures);
  if (!listens(location, 'USER_MANAGEMENT')) return;
  const what = { notificationType: 'USER_MANAGEMENT', member: 'users' } as const;
  const users = done.map((user) => responseUser(location, user));
  notifyInPortions(context, location, event, what, users, { result: 'SUCCESS' });
  for (const [errorNumber, rejected] of failed) {
    const outcome = { result: 'FAILURE', error: { errorNumber } } as const;
    const named = rejected.map(({ clientUserId, email }) => ({ clientUserId, ...(email && { email }) }));
    notifyInPortions(context, location, event, what, named, outcome);
  }
}
