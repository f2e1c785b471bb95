import { RESETTABLE } from '../../simulated-apple.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { listOf, record, text } from './schema.ts';

export const reset = route({
  name: 'reset',
  scope: 'organization',
  method: 'POST',
  path: 'reset',
  about: 'Back to what the scenario describes',
  query: {
    only: {
      kind: 'words',
      about: 'parts to bring back, with commas between; all where not given',
      words: RESETTABLE,
    },
    all: { kind: 'flag', about: 'every organization' },
  },
  answer: {
    about: 'what was brought back, and where',
    schema: record({ reset: listOf(text()), organizations: listOf(text()) }),
  },
  handler({ surroundings: { crabapple }, tenant, query }) {
    const parts = query.only ?? RESETTABLE;
    const tenants = query.all ? crabapple.tenants.all : [tenant];
    for (const each of tenants) crabapple.reset(each, parts);
    return json({ reset: parts, organizations: tenants.map(({ id }) => id) });
  },
});
