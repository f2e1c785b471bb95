import type { Asset } from './asset-shelf.ts';
import type { ContentState, LocationState } from './location.ts';
import type { SavedAssignments } from './saved-assignments.ts';
import type { SavedSerials } from './serial-register.ts';
import type { Subscription } from './subscription.ts';
import type { SavedUsers } from './user-register.ts';

interface SavedSubscription
  extends Pick<Subscription, 'adamId' | 'parentAdamId' | 'renewing' | 'expiring' | 'periodEnd'> {
  readonly seats: readonly (readonly [clientUserId: string, renews: boolean])[];
  readonly admins: readonly string[];
}

type Plain = Pick<
  LocationState,
  | 'tokens'
  | 'subscriptionsEnabled'
  | 'versions'
  | 'config'
  | 'legacyConfig'
  | 'clientContext'
  | 'usedByV2'
  | 'outbox'
>;

/** All that Apple knows of a location. Plain data, which nobody writes to. */
export interface SavedLocation extends Readonly<Plain> {
  readonly assets: readonly Readonly<Asset>[];
  readonly users: SavedUsers;
  readonly serials: SavedSerials;
  readonly assignments: SavedAssignments;
  readonly subscriptions: readonly SavedSubscription[];
  readonly events: readonly (readonly [string, NonNullable<ReturnType<LocationState['events']['get']>>])[];
}

export type SavedContent = readonly SavedLocation[];

export const saveContent = ({ locations }: ContentState): SavedContent => locations.map(saveLocation);

/** Makes a state of the same locations what was saved. */
export function restoreContent({ locations }: ContentState, saved: SavedContent): void {
  saved.forEach((from, index) => {
    const location = locations[index];
    if (location !== undefined) restoreLocation(location, from);
  });
}

const plainOf = (from: Readonly<Plain>): Plain => ({
  tokens: from.tokens.map((token) => ({ ...token })),
  subscriptionsEnabled: from.subscriptionsEnabled,
  versions: { ...from.versions },
  config: from.config,
  legacyConfig: from.legacyConfig,
  clientContext: from.clientContext,
  usedByV2: from.usedByV2,
  outbox: [...from.outbox],
});

function saveLocation(location: LocationState): SavedLocation {
  return {
    ...plainOf(location),
    assets: location.assets.all.map((asset) => ({ ...asset })),
    users: location.users.save(),
    serials: location.serials.save(),
    assignments: location.assignments.save(),
    subscriptions: location.subscriptions.map(({ seats, admins, ...subscription }) => ({
      ...subscription,
      seats: [...seats],
      admins: [...admins],
    })),
    events: [...location.events].map(([eventId, event]) => [eventId, { ...event }]),
  };
}

function restoreLocation(location: LocationState, saved: SavedLocation): void {
  const { tokens, versions, ...plain } = plainOf(saved);
  Object.assign(location, plain);
  Object.assign(location.versions, versions);
  location.tokens.splice(0, location.tokens.length, ...tokens);
  location.assets.restore(saved.assets);
  location.users.restore(saved.users);
  location.serials.restore(saved.serials);
  location.assignments.restore(saved.assignments);
  const subscriptions = saved.subscriptions.map(({ seats, admins, ...subscription }) => ({
    ...subscription,
    seats: new Map(seats),
    admins: new Set(admins),
  }));
  location.subscriptions.splice(0, location.subscriptions.length, ...subscriptions);
  location.events.clear();
  for (const [eventId, event] of saved.events) location.events.set(eventId, { ...event });
}
