import { setFaultOf } from '../../api/faults.ts';
import { FaultTableError } from '../../engine/faults/fault-area.ts';
import type { FaultTable } from '../../engine/faults/fault-table.ts';
import type { Tenant } from '../../engine/tenant.ts';
import { jsonBodyOf, parsedBody } from './body.ts';
import { ControlError, listed, quoted } from './control-error.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { anything, decimal, integer, listOf, record, type Schema, text, textOrNull } from './schema.ts';

const FAULT_SCHEMA: Schema = record({
  id: text(),
  on: text('operation name; * matches any characters'),
  'host?': text(),
  'where?': anything,
  'nth?': integer(),
  'times?': integer(),
  'after?': textOrNull('virtual time'),
  'until?': textOrNull('virtual time'),
  'probability?': decimal(),
  'answer?': anything,
  'rate_limit?': anything,
  'latency?': anything,
  'bytes_per_second?': integer(),
  'retry_after?': text(),
  matched: integer('requests that it matched'),
  applied: integer('requests that it was applied to'),
});

const SCOPE = {
  scope: {
    kind: 'word',
    about: 'server: faults for every connection and every request, set by the default organization',
    words: ['organization', 'server'],
  },
} as const;

/** Server faults apply while their organization is the default one. */
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
  response: { about: 'the faults', schema: record({ faults: listOf(FAULT_SCHEMA) }) },
  handler: ({ tenant, query }) => json({ faults: tableOf(tenant, query.scope).faults.map(setFaultOf) }),
});

export const addFault = route({
  name: 'faults.add',
  scope: 'organization',
  method: 'POST',
  path: 'faults',
  about: 'Adds one fault, written as in a scenario file',
  query: SCOPE,
  body: jsonBodyOf(async () => (await import('../../scenario/schema/faults.ts')).faultSchema),
  response: { about: 'the fault is added', schema: record({ id: text() }) },
  async handler({ request, tenant, query }) {
    const faults = tableOf(tenant, query.scope);
    const { parseFault } = await import('../../scenario/parse.ts');
    const definition = await parsedBody(request, parseFault);
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
  about: 'Removes one fault or all',
  query: {
    ...SCOPE,
    id: { kind: 'text', about: 'the fault to remove; by default all' },
  },
  response: { about: 'ids of the removed faults', schema: record({ deleted: listOf(text()) }) },
  handler({ tenant, query: { id, scope } }) {
    const faults = tableOf(tenant, scope);
    const ids = faults.faults.map((fault) => fault.id);
    if (id === undefined) {
      faults.clear();
      return json({ deleted: ids });
    }
    if (faults.remove(id)) return json({ deleted: [id] });
    const hint = ids.length === 0 ? 'there are no faults' : `the ids are ${listed(ids.slice(0, 20))}`;
    throw new ControlError(404, `no fault has the id ${quoted(id)}`, hint);
  },
});
