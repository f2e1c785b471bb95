import { json, reply } from './reply.ts';
import { route } from './route.ts';
import { listOf, record, text } from './schema.ts';

const SNAPSHOT_PATH = 'snapshots/{name}';

const SNAPSHOT = {
  about: 'the organization and the name of the snapshot',
  schema: record({ organization: text(), name: text() }),
};

export const listSnapshots = route({
  name: 'snapshots',
  scope: 'organization',
  method: 'GET',
  path: 'snapshots',
  about: 'Names of the snapshots of the organization',
  response: { about: 'the names, oldest first', schema: record({ snapshots: listOf(text()) }) },
  handler: ({ context: { apple }, tenant }) => json({ snapshots: apple.snapshotsOf(tenant).names }),
});

export const takeSnapshot = route({
  name: 'snapshots.take',
  scope: 'organization',
  method: 'PUT',
  path: SNAPSHOT_PATH,
  about: 'Takes a snapshot of the organization, replacing one of the same name',
  response: SNAPSHOT,
  handler({ context: { apple }, tenant, parameters: { name = '' } }) {
    apple.snapshot(name, tenant.id);
    return json({ organization: tenant.id, name });
  },
});

export const exportSnapshot = route({
  name: 'snapshots.export',
  scope: 'organization',
  method: 'GET',
  path: SNAPSHOT_PATH,
  about: 'Exports a snapshot as a scenario file',
  response: { about: 'the scenario file', type: 'application/yaml', schema: text() },
  async handler({ context: { apple }, tenant, parameters: { name = '' } }) {
    const file = await apple.exportSnapshot(name, tenant.id);
    const disposition = `attachment; filename="${name}.yaml"`;
    return reply(200, 'application/yaml; charset=utf-8', file, { 'content-disposition': disposition });
  },
});

export const restoreSnapshot = route({
  name: 'snapshots.restore',
  scope: 'organization',
  method: 'POST',
  path: SNAPSHOT_PATH,
  about: 'Restores state, clock, faults and timeline from a snapshot; journal and expectations stay',
  response: SNAPSHOT,
  async handler({ context: { apple }, tenant, parameters: { name = '' } }) {
    await apple.restore(name, tenant.id);
    return json({ organization: tenant.id, name });
  },
});

export const deleteSnapshot = route({
  name: 'snapshots.delete',
  scope: 'organization',
  method: 'DELETE',
  path: SNAPSHOT_PATH,
  about: 'Deletes a snapshot',
  response: { about: 'the snapshot is deleted', schema: record({ deleted: text() }) },
  handler({ context: { apple }, tenant, parameters: { name = '' } }) {
    apple.snapshotsOf(tenant).delete(name);
    return json({ deleted: name });
  },
});
