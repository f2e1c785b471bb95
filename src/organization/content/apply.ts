import type { Appliers, Change } from '../change.ts';
import { countAssets, manageLicenses } from './apply-licenses.ts';
import { changeAdmins, countSubscription } from './apply-subscriptions.ts';
import { acceptInvitation } from './apply-users.ts';
import type { ApplyingContent } from './applying.ts';
import { locationOf } from './applying.ts';
import type { ContentChange } from './change.ts';
import { processEvent } from './process-event.ts';
import { restoreContent } from './saved.ts';
import { editUser, registerUser, retireUser } from './user-rules.ts';

const APPLIERS: Appliers<ContentChange, ApplyingContent> = {
  content_event_requested(applying, change) {
    const { location, eventId } = change;
    const { events } = locationOf(applying, change);
    const { event_retention, event_delay, event_outcome } = applying.behavior;
    for (const oldest of events.keys()) {
      if (events.size < event_retention) break;
      events.delete(oldest);
    }
    events.set(eventId, {
      eventId,
      type: change.request.type,
      numRequested: change.numRequested,
      request: change.request,
      status: 'PENDING',
      numCompleted: 0,
      failures: [],
    });
    if (event_outcome === 'complete') {
      applying.later(applying.at + event_delay, { type: 'content_event_processed', location, eventId });
    }
  },
  content_event_processed(applying, change) {
    const location = locationOf(applying, change);
    const event = location.events.get(change.eventId);
    if (event !== undefined) processEvent(applying, location, event);
  },
  content_client_configured(applying, { type: _, location: index, ...given }) {
    const location = locationOf(applying, { location: index });
    location.config = { ...location.config, ...given } as typeof location.config;
  },
  content_client_context_set(applying, change) {
    locationOf(applying, change).clientContext = change.clientContext;
  },
  content_legacy_client_configured(applying, change) {
    const location = locationOf(applying, change);
    location.legacyConfig = { ...location.legacyConfig, ...change.config };
  },
  content_used_by_v2(applying, change) {
    const location = locationOf(applying, change);
    location.usedByV2 = true;
    location.clientContext = applying.behavior.v2_marker;
  },
  content_user_registered(applying, change) {
    registerUser(locationOf(applying, change), change.user);
  },
  content_user_edited(applying, change) {
    const location = locationOf(applying, change);
    editUser(location, location.users.get(change.user)!, change);
  },
  content_user_retired(applying, change) {
    const location = locationOf(applying, change);
    retireUser(location, location.users.get(change.user)!);
  },
  content_invitation_accepted: acceptInvitation,
  content_licenses_managed: manageLicenses,
  content_assets_counted: countAssets,
  content_token_renewed(applying, change) {
    const { tokens } = locationOf(applying, change);
    if (change.alone) for (const token of tokens) token.status = 'revoked';
    tokens.push({
      token: change.token,
      rights: 'full',
      kind: 'location',
      status: 'valid',
      expiresAt: change.expiresAt,
      second: 0,
      requests: 0,
    });
  },
  content_token_revoked(applying, change) {
    for (const token of locationOf(applying, change).tokens) token.status = 'revoked';
  },
  content_token_expired(applying, change) {
    for (const token of locationOf(applying, change).tokens) {
      token.expiresAt = Math.min(token.expiresAt, applying.at);
    }
  },
  content_subscriptions_switched(applying, change) {
    locationOf(applying, change).subscriptionsEnabled = change.enabled;
  },
  content_subscription_admins_changed: changeAdmins,
  content_subscription_counted: countSubscription,
  content_version_changed(applying, change) {
    locationOf(applying, change).versions[change.dataSet] += 1;
  },
  content_notification_taken(applying, change) {
    const location = locationOf(applying, change);
    const { notificationId } = change.notification;
    location.outbox = location.outbox.filter((waiting) => waiting.notificationId !== notificationId);
  },
  content_request_counted(applying, change) {
    const token = locationOf(applying, change).tokens[change.token]!;
    if (token.second !== change.second) {
      token.second = change.second;
      token.requests = 0;
    }
    token.requests += 1;
  },
  content_restored: ({ state }, { saved }) => restoreContent(state, saved),
};

export const isContentChange = (change: Change): change is ContentChange =>
  Object.hasOwn(APPLIERS, change.type);

/** The one way in which the state of Apps and Books alters. */
export function applyContentChange(applying: ApplyingContent, change: ContentChange): void {
  (APPLIERS[change.type] as (applying: ApplyingContent, change: ContentChange) => void)(applying, change);
}
