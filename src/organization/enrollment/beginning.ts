import type { Identifiers } from '../../core/identifiers.ts';
import { createRandom } from '../../core/random.ts';
import type { MdmServerDefinition, OrganizationDefinition } from '../definition.ts';
import { Inventory } from '../inventory/inventory.ts';
import type { Numbering } from '../inventory/numbering.ts';
import { EMAILS } from '../inventory/pools.ts';
import { type Applying, addDevices } from './apply-devices.ts';
import { devicesByServer } from './devices-by-server.ts';
import type { MdmServer } from './mdm-server.ts';
import { ProfileStore } from './profile-store.ts';
import { DEPSIM_CREDENTIALS, deriveServerCredentials } from './server-credentials.ts';
import type { EnrollmentState } from './state.ts';
import { SyncLog } from './sync-log.ts';

export interface EnrollmentOrigin {
  readonly definition: OrganizationDefinition;
  readonly identifiers: Identifiers;
  readonly numbering: Numbering;
  /** Of server tokens that say nothing of it. */
  readonly expiry: number;
  readonly applying: (state: EnrollmentState) => Applying;
}

/** What Device Enrollment knows before anything happened. */
export function createEnrollment(origin: EnrollmentOrigin): EnrollmentState {
  const { definition, identifiers, numbering } = origin;
  const state: EnrollmentState = {
    terms: definition.terms,
    servers: definition.mdmServers.map((server, index) => createServer(origin, server, index)),
    profiles: new ProfileStore(),
    inventory: new Inventory(numbering.serialNumbers),
    accountDriven: undefined,
    lastEvent: 0,
  };
  definition.mdmServers.forEach((server, index) => {
    for (const { profile_uuid, profile } of server.profiles ?? []) {
      const label = identifiers.next('profile');
      state.profiles.add(index, profile_uuid ?? identifiers.hex(label, 32), profile);
    }
  });
  const applying = origin.applying(state);
  for (const { server, items } of devicesByServer(definition)) addDevices(applying, server, items);
  return state;
}

function createServer(
  { definition: { seed, depsim }, identifiers, expiry }: EnrollmentOrigin,
  definition: MdmServerDefinition,
  index: number,
): MdmServer {
  const random = createRandom(`${seed}\u0000administrator ${index}`);
  const credentials =
    definition.server_token ??
    deriveServerCredentials(identifiers, `server token ${definition.server_name}#0`);
  const token = {
    consumer_key: credentials.consumer_key,
    consumer_secret: credentials.consumer_secret,
    access_token: credentials.access_token,
    access_secret: credentials.access_secret,
    status: definition.server_token?.revoked ? ('revoked' as const) : ('valid' as const),
    expiresAt: definition.server_token?.access_token_expiry ?? expiry,
  };
  return {
    index,
    serverName: definition.server_name,
    serverUuid: definition.server_uuid ?? identifiers.hex(`mdm server ${definition.server_name}`, 32),
    adminId: definition.admin_id ?? EMAILS[random.below(EMAILS.length)]!,
    // The simulator's credentials stand beside the server's own, as valid as those.
    tokens:
      depsim && index === 0
        ? [{ ...DEPSIM_CREDENTIALS, status: 'valid', expiresAt: expiry }, token]
        : [token],
    sessions: new Map(),
    log: new SyncLog(),
    nonces: new Map(),
    window: { startedAt: 0, requests: 0 },
  };
}
