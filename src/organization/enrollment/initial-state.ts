import { createRandom } from '../../core/random.ts';
import type { InitialContext } from '../area.ts';
import type { DeviceItem, MdmServerDefinition, OrganizationDefinition } from '../definition.ts';
import { Inventory } from '../inventory/inventory.ts';
import { createNumbering } from '../inventory/numbering.ts';
import { EMAILS } from '../inventory/pools.ts';
import type { EnrollmentState } from './area.ts';
import { addDevices } from './device-reducers.ts';
import { DEPSIM_CREDENTIALS, deriveServerCredentials, type MdmServerState } from './mdm-server.ts';
import { ProfileStore } from './profile-store.ts';
import { SyncLog } from './sync-log.ts';

/** MDM servers, profiles and devices as the scenario describes them. */
export function createEnrollment(context: InitialContext): EnrollmentState {
  const { definition, identifiers, startedAt } = context;
  const state: EnrollmentState = {
    terms: definition.terms,
    servers: definition.mdmServers.map((server, index) => createServer(context, server, index)),
    profiles: new ProfileStore(),
    inventory: new Inventory(createNumbering(definition.seed)),
    accountDriven: undefined,
    lastEvent: 0,
  };
  definition.mdmServers.forEach((server, index) => {
    for (const { profile_uuid, profile } of server.profiles ?? []) {
      const label = identifiers.next('profile');
      state.profiles.add(index, profile_uuid ?? identifiers.hex(label, 32), profile);
    }
  });
  for (const { server, items } of devicesByServer(definition)) {
    addDevices({ state, at: startedAt.at }, server, items);
  }
  state.profiles.markInitial();
  state.inventory.markInitial();
  return state;
}

function createServer(
  { definition: { seed, depsim }, identifiers, expiry }: InitialContext,
  definition: MdmServerDefinition,
  index: number,
): MdmServerState {
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
    // The simulator's credentials are valid beside the server's own.
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

interface ServerDevices {
  readonly server: number;
  readonly items: DeviceItem[];
}

/** The devices of a definition in runs of the same MDM server, in their order. */
export function devicesByServer({ devices, mdmServers }: OrganizationDefinition): readonly ServerDevices[] {
  const runs: ServerDevices[] = [];
  for (const item of devices) {
    const server = mdmServers.findIndex(
      ({ server_name }) => item.mdm_server === undefined || item.mdm_server === server_name,
    );
    const last = runs.at(-1);
    if (last?.server === server) last.items.push(item);
    else runs.push({ server, items: [item] });
  }
  return runs;
}
