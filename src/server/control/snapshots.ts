import { answer, json } from './reply.ts';
import { route } from './route.ts';
import { listOf, record, text } from './schema.ts';

const SNAPSHOT_PATH = 'snapshots/{name}';

const NAMED = { about: 'its name', schema: record({ organization: text(), name: text() }) };

export const listSnapshots = route({
  name: 'snapshots',
  scope: 'organization',
  method: 'GET',
  path: 'snapshots',
  about: 'Names of the snapshots of the organization',
  answer: { about: 'the names, the oldest first', schema: record({ snapshots: listOf(text()) }) },
  handler: ({ surroundings: { crabapple }, tenant }) =>
    json({ snapshots: crabapple.snapshotsOf(tenant).names }),
});

export const takeSnapshot = route({
  name: 'snapshots.take',
  scope: 'organization',
  method: 'PUT',
  path: SNAPSHOT_PATH,
  about: 'Keeps the organization as it is now, in the place of a snapshot of the same name',
  answer: NAMED,
  handler({ surroundings: { crabapple }, tenant, parameters: { name = '' } }) {
    crabapple.snapshot(name, tenant.id);
    return json({ organization: tenant.id, name });
  },
});

export const exportSnapshot = route({
  name: 'snapshots.export',
  scope: 'organization',
  method: 'GET',
  path: SNAPSHOT_PATH,
  about: 'A snapshot as a scenario file that describes what it holds',
  answer: { about: 'the scenario file', type: 'application/yaml', schema: text() },
  async handler({ surroundings: { crabapple }, tenant, parameters: { name = '' } }) {
    const file = await crabapple.exportSnapshot(name, tenant.id);
    const disposition = `attachment; filename="${name}.yaml"`;
    return answer(200, 'application/yaml; charset=utf-8', file, { 'content-disposition': disposition });
  },
});

export const restoreSnapshot = route({
  name: 'snapshots.restore',
  scope: 'organization',
  method: 'POST',
  path: SNAPSHOT_PATH,
  about: 'Back to a snapshot: state, clock, faults and timeline; journal and expectations stay',
  answer: NAMED,
  async handler({ surroundings: { crabapple }, tenant, parameters: { name = '' } }) {
    await crabapple.restore(name, tenant.id);
    return json({ organization: tenant.id, name });
  },
});

export const dropSnapshot = route({
  name: 'snapshots.delete',
  scope: 'organization',
  method: 'DELETE',
  path: SNAPSHOT_PATH,
  about: 'Forgets a snapshot',
  answer: { about: 'it is forgotten', schema: record({ deleted: text() }) },
  handler({ surroundings: { crabapple }, tenant, parameters: { name = '' } }) {
    crabapple.snapshotsOf(tenant).delete(name);
    return json({ deleted: name });
  },
});
