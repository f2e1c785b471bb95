import type { SavedInventory } from '../inventory/inventory.ts';
import type { Numbering } from '../inventory/numbering.ts';
import type { MdmServer, ServerToken, Session } from './mdm-server.ts';
import type { StoredProfile } from './profile-store.ts';
import type { EnrollmentState } from './state.ts';
import type { SavedSyncLog } from './sync-log.ts';

interface SavedServer {
  readonly tokens: readonly Readonly<ServerToken>[];
  readonly sessions: readonly Readonly<Session>[];
  readonly nonces: readonly (readonly [nonce: string, forgetAt: number])[];
  readonly window: Readonly<MdmServer['window']>;
  readonly log: SavedSyncLog;
}

/** All that Device Enrollment knows beyond its beginning. Plain data, which nobody writes to. */
export interface SavedEnrollment {
  readonly terms: EnrollmentState['terms'];
  readonly accountDriven: EnrollmentState['accountDriven'];
  readonly lastEvent: number;
  readonly servers: readonly SavedServer[];
  /** Those defined since the beginning. */
  readonly profiles: readonly StoredProfile[];
  readonly inventory: SavedInventory;
}

/** What a beginning brings by itself, and what is therefore not kept. */
export interface BeginningCounts {
  readonly profiles: number;
  readonly groups: number;
}

export const countsOf = ({ profiles, inventory }: EnrollmentState): BeginningCounts => ({
  profiles: profiles.all().length,
  groups: inventory.groupCount,
});

export function saveEnrollment(state: EnrollmentState, beginning: BeginningCounts): SavedEnrollment {
  return {
    terms: state.terms,
    accountDriven: state.accountDriven,
    lastEvent: state.lastEvent,
    servers: state.servers.map(({ tokens, sessions, nonces, window, log }) => ({
      tokens: tokens.map((token) => ({ ...token })),
      sessions: [...sessions.values()].map((session) => ({ ...session })),
      nonces: [...nonces],
      window: { ...window },
      log: log.save(),
    })),
    profiles: state.profiles.all().slice(beginning.profiles),
    inventory: state.inventory.save(beginning.groups),
  };
}

/** Makes a state that is at its beginning what was saved. */
export function restoreEnrollment(
  state: EnrollmentState,
  saved: SavedEnrollment,
  numbering: Numbering,
): void {
  state.terms = saved.terms;
  state.accountDriven = saved.accountDriven;
  state.lastEvent = saved.lastEvent;
  for (const { server, profileUuid, profile } of saved.profiles)
    state.profiles.add(server, profileUuid, profile);
  saved.servers.forEach((from, index) => {
    const server = state.servers[index];
    if (server !== undefined) restoreServer(server, from);
  });
  state.inventory.restore(saved.inventory, numbering);
}

function restoreServer(server: MdmServer, { tokens, sessions, nonces, window, log }: SavedServer): void {
  server.tokens.splice(0, server.tokens.length, ...tokens.map((token) => ({ ...token })));
  server.sessions.clear();
  for (const session of sessions) server.sessions.set(session.token, { ...session });
  server.nonces.clear();
  for (const [nonce, forgetAt] of nonces) server.nonces.set(nonce, forgetAt);
  Object.assign(server.window, window);
  server.log.restore(log);
}
