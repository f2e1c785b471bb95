import type { DeviceItem, OrganizationDefinition } from '../definition.ts';

interface ServerDevices {
  readonly server: number;
  readonly items: DeviceItem[];
}

/** The devices of a definition in runs that belong to the same MDM server, so that their order is kept. */
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
