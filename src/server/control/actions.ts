import { performAction } from '../../organization/actions.ts';
import { RESETTABLE } from '../../simulated-apple.ts';
import { jsonBodyOf, parsedBody } from './body.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { flag, integer, listOf, record, text } from './schema.ts';

export const performActions = route({
  name: 'actions',
  scope: 'organization',
  method: 'POST',
  path: 'actions',
  about: 'Performs one portal action, written as in a scenario file',
  body: jsonBodyOf(async ({ areas }) =>
    (await import('../../scenario/schema/actions.ts')).actionSchemaFor(areas),
  ),
  response: { about: 'the action is done', schema: record({ done: flag(), changes: integer() }) },
  async handler({ context: { apple }, request, tenant }) {
    const { parseAction } = await import('../../scenario/parse.ts');
    const action = await parsedBody(request, (value) => parseAction(value, apple.engine.catalog));
    return json({ done: true, changes: performAction(tenant.organization, action).changes });
  },
});

export const reset = route({
  name: 'reset',
  scope: 'organization',
  method: 'POST',
  path: 'reset',
  about: 'Resets the organization to what its scenario describes',
  query: {
    only: {
      kind: 'words',
      about: 'parts to reset, separated by commas; by default all',
      words: RESETTABLE,
    },
    all: { kind: 'flag', about: 'resets every organization' },
  },
  response: {
    about: 'which parts of which organizations were reset',
    schema: record({ reset: listOf(text()), organizations: listOf(text()) }),
  },
  handler({ context: { apple }, tenant, query }) {
    const parts = query.only ?? RESETTABLE;
    const tenants = query.all ? apple.tenants.all : [tenant];
    for (const each of tenants) apple.reset(each, parts);
    return json({ reset: parts, organizations: tenants.map(({ id }) => id) });
  },
});
