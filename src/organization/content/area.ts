import { area, type Context, type Reducers } from '../area.ts';
import { count, text } from '../members.ts';
import { CONTENT_ACTIONS } from './actions.ts';
import { assetOf } from './asset-list.ts';
import type { ContentChange, Target } from './change.ts';
import { createContent } from './initial-state.ts';
import { assign, assignmentsWritten, serialTarget, unassign, userTarget } from './licenses.ts';
import type { Location, LocationState } from './location.ts';
import { CONTENT_MEMBERS } from './members.ts';
import { notify } from './notification.ts';
import { processEvent } from './process-event.ts';
import { availableSeats } from './subscription.ts';
import { editUser, linkAccount, registerUser, responseUser, retireUser } from './user-rules.ts';

/** Apps and Books, as reducers write it. */
export interface ContentState {
  readonly locations: readonly LocationState[];
  /** Managed Apple Accounts of the organization in lower case; undefined if every account is accepted. */
  readonly managedAccounts: ReadonlySet<string> | undefined;
  /** Whether a device of the organization has a serial number. */
  readonly knowsSerial: (serial: string) => boolean;
}

/** The same for everything but reducers. */
export interface ContentReader extends Omit<ContentState, 'locations'> {
  readonly locations: readonly Location[];
}

export type ContentContext = Context<ContentState>;

const locationOf = ({ state }: ContentContext, { location }: { readonly location: number }): LocationState =>
  state.locations[location]!;

const reducers: Reducers<ContentChange, ContentState> = {
  content_event_requested(context, change) {
    const { location, eventId } = change;
    const { events } = locationOf(context, change);
    const { event_retention, event_delay, event_outcome } = context.behavior.vpp;
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
      context.plan(context.at + event_delay, { type: 'content_event_processed', location, eventId });
    }
  },
  content_event_processed(context, change) {
    const location = locationOf(context, change);
    const event = location.events.get(change.eventId);
    if (event !== undefined) processEvent(context, location, event);
  },
  content_client_configured(context, { type: _, location: index, ...given }) {
    const location = locationOf(context, { location: index });
    location.config = { ...location.config, ...given } as typeof location.config;
  },
  content_client_context_set(context, change) {
    locationOf(context, change).clientContext = change.clientContext;
  },
  content_legacy_client_configured(context, change) {
    const location = locationOf(context, change);
    location.legacyConfig = { ...location.legacyConfig, ...change.config };
  },
  content_used_by_v2(context, change) {
    const location = locationOf(context, change);
    location.usedByV2 = true;
    location.clientContext = context.behavior.vpp.v2_marker;
  },
  content_user_registered(context, change) {
    registerUser(locationOf(context, change), change.user);
  },
  content_user_edited(context, change) {
    const location = locationOf(context, change);
    editUser(location, location.users.get(change.user)!, change);
  },
  content_user_retired(context, change) {
    const location = locationOf(context, change);
    retireUser(location, location.users.get(change.user)!);
  },
  content_invitation_accepted: acceptInvitation,
  content_licenses_managed: manageLicenses,
  content_assets_counted: countAssets,
  content_token_renewed(context, change) {
    const { tokens } = locationOf(context, change);
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
  content_token_revoked(context, change) {
    for (const token of locationOf(context, change).tokens) token.status = 'revoked';
  },
  content_token_expired(context, change) {
    for (const token of locationOf(context, change).tokens) {
      token.expiresAt = Math.min(token.expiresAt, context.at);
    }
  },
  content_subscriptions_switched(context, change) {
    locationOf(context, change).subscriptionsEnabled = change.enabled;
  },
  content_subscription_admins_changed: changeAdmins,
  content_subscription_counted: countSubscription,
  content_version_changed(context, change) {
    locationOf(context, change).versions[change.dataSet] += 1;
  },
  content_notification_taken(context, change) {
    const location = locationOf(context, change);
    const { notificationId } = change.notification;
    location.outbox = location.outbox.filter((waiting) => waiting.notificationId !== notificationId);
  },
  content_request_counted(context, change) {
    const token = locationOf(context, change).tokens[change.token]!;
    if (token.second !== change.second) {
      token.second = change.second;
      token.requests = 0;
    }
    token.requests += 1;
  },
};

type Managed = Extract<ContentChange, { type: 'content_licenses_managed' }>;
type Counted = Extract<ContentChange, { type: 'content_assets_counted' }>;

/** Disassociations come first: https://developer.apple.com/documentation/devicemanagement/manage-licenses */
function manageLicenses(context: ContentContext, change: Managed): void {
  const location = locationOf(context, change);
  const asset = location.assets.get(change.asset)!;
  assignmentsWritten(location);
  const version = location.versions.assignments;
  for (const target of change.disassociate) {
    const ref = known(location, target);
    if (ref !== undefined) unassign(location, asset, ref, version);
  }
  for (const target of change.associate) {
    const ref =
      'user' in target ? userTarget(target.user) : serialTarget(location.serials.take(target.serial));
    assign(location, asset, ref, version);
  }
}

function known(location: LocationState, target: Target): number | undefined {
  if ('user' in target) return userTarget(target.user);
  const number = location.serials.number(target.serial);
  return number === undefined ? undefined : serialTarget(number);
}

/** A purchase, a transfer or a refund. */
function countAssets(context: ContentContext, change: Counted): void {
  const location = locationOf(context, change);
  const { adamId, pricingParam, delta, retired, facts } = change;
  const asset =
    location.assets.find(adamId, pricingParam) ??
    location.assets.add(assetOf({ ...facts, adam_id: adamId, pricing_param: pricingParam, total: 0 }));
  asset.total += delta;
  if (retired) asset.retired -= delta;
  location.versions.assets += 1;
  notify(context, location, 'ASSET_COUNT', { adamId, pricingParam, countDelta: delta });
}

function changeAdmins(
  context: ContentContext,
  change: Extract<ContentChange, { type: 'content_subscription_admins_changed' }>,
): void {
  const location = locationOf(context, change);
  for (const subscription of location.subscriptions) {
    if (!change.adamIds.includes(subscription.adamId)) continue;
    for (const clientUserId of change.clientUserIds) {
      if (change.add) subscription.admins.add(clientUserId);
      else subscription.admins.delete(clientUserId);
    }
  }
  location.versions.subscriptions += 1;
}

/** Seats bought, expired or renewed. */
function countSubscription(
  context: ContentContext,
  change: Extract<ContentChange, { type: 'content_subscription_counted' }>,
): void {
  const location = locationOf(context, change);
  const subscription = location.subscriptions.find(({ adamId }) => adamId === change.adamId);
  if (subscription === undefined) return;
  subscription.renewing += change.renewing;
  subscription.expiring += change.expiring;
  location.versions.subscriptions += 1;
  notify(context, location, 'SUBSCRIPTION_COUNT', {
    ...(subscription.parentAdamId === undefined ? {} : { parentAdamId: subscription.parentAdamId }),
    adamId: subscription.adamId,
    counts: {
      available: availableSeats(subscription),
      total: { renewing: subscription.renewing, expiring: subscription.expiring },
    },
  });
}

/** The person follows the invitation: https://developer.apple.com/documentation/devicemanagement/managing-users */
function acceptInvitation(
  context: ContentContext,
  change: Extract<ContentChange, { type: 'content_invitation_accepted' }>,
): void {
  const location = locationOf(context, change);
  const user = linkAccount(location, location.users.get(change.user)!, change.appleAccount, false);
  notify(context, location, 'USER_ASSOCIATED', { associatedUsers: [responseUser(location, user)] });
}

/** Locations with their assets, licenses, users, subscriptions and events. */
export const contentArea = area<ContentState, ContentChange, ContentReader>({
  name: 'content',
  place: 'top',
  members: CONTENT_MEMBERS,
  initialize: createContent,
  reducers,
  actions: CONTENT_ACTIONS,
  plannable: {
    content_event_processed: {
      members: { location: count, eventId: text },
      problem: (state: ContentState, { location, eventId }: { location: number; eventId: string }) =>
        state.locations[location]?.events.has(eventId) === true ? undefined : 'no location has such an event',
    },
  },
});
