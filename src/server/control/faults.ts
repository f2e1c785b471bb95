import { faultAsSet } from '../../api/live/set-fault.ts';
import type { FaultTable } from '../../engine/faults/fault-table.ts';
import { FaultTableError } from '../../engine/faults/fault-table-error.ts';
import type { Tenant } from '../../engine/tenant.ts';
import { parsedBody } from './body.ts';
import { ControlError, listed, quoted } from './control-error.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { listOf, record, type Schema, text } from './schema.ts';
import { FAULT_SCHEMA } from './shown-fault.ts';

const SCOPE = {
  scope: {
    kind: 'word',
    about: 'server: those that apply to every connection and every request; of the default organization',
    words: ['organization', 'server'],
  },
} as const;

/** Faults of the server apply while their organization is the default one. */
function tableOf({ faults, serverFaults }: Tenant, scope: 'organization' | 'server' | undefined): FaultTable {
  return scope === 'server' ? serverFaults : faults;
}

export const listFaults = route({
  name: 'faults',
  scope: 'organization',
  method: 'GET',
  path: 'faults',
  about: 'The fault table, in the order in which faults apply',
  query: SCOPE,
  answer: { about: 'the faults', schema: record({ faults: listOf(FAULT_SCHEMA) }) },
  handler: ({ tenant, query }) => json({ faults: tableOf(tenant, query.scope).faults.map(faultAsSet) }),
});

export const addFault = route({
  name: 'faults.add',
  scope: 'organization',
  method: 'POST',
  path: 'faults',
  about: 'Sets one fault, in the form of a scenario file',
  query: SCOPE,
  body: { type: 'application/json', schema: faultJsonSchema },
  answer: { about: 'it is set', schema: record({ id: text() }) },
  async handler({ surroundings: { crabapple }, request, tenant, query }) {
    const faults = tableOf(tenant, query.scope);
    const { parseFault } = await import('../../scenario/faults.ts');
    const definition = await parsedBody(request, (value) => parseFault(value, crabapple.engine.catalog));
    try {
      return json({ id: (await faults.add(definition)).id });
    } catch (error) {
      if (!(error instanceof FaultTableError)) throw error;
      const taken = faults.faults.some(({ id }) => id === definition.id);
      throw new ControlError(taken ? 409 : 400, error.message, 'DELETE /_crabapple/faults?id= removes one');
    }
  },
});

export const deleteFaults = route({
  name: 'faults.delete',
  scope: 'organization',
  method: 'DELETE',
  path: 'faults',
  about: 'Removes one fault, or all',
  query: {
    ...SCOPE,
    id: { kind: 'text', about: 'the fault to remove; all where not given' },
  },
  answer: { about: 'they are removed', schema: record({ deleted: listOf(text()) }) },
  handler({ tenant, query: { id, scope } }) {
    const faults = tableOf(tenant, scope);
    const ids = faults.faults.map((fault) => fault.id);
    if (id === undefined) {
      faults.clear();
      return json({ deleted: ids });
    }
    if (faults.remove(id)) return json({ deleted: [id] });
    const hint = ids.length === 0 ? 'none is set' : `the ids are ${listed(ids.slice(0, 20))}`;
    throw new ControlError(404, `no fault has the id ${quoted(id)}`, hint);
  },
});

async function faultJsonSchema(): Promise<Schema> {
  const { partSchema } = await import('./part-schema.ts');
  const { faultSchema } = await import('../../scenario/schema/faults.ts');
  return partSchema(faultSchema);
}
