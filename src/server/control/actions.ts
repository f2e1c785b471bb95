import { performAction } from '../../organization/actions.ts';
import { parsedBody } from './body.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { flag, integer, record, type Schema } from './schema.ts';

export const performActions = route({
  name: 'actions',
  scope: 'organization',
  method: 'POST',
  path: 'actions',
  about: 'Does what an administrator does in Apple’s portal: one action, in the form of a scenario file',
  body: { type: 'application/json', schema: actionJsonSchema },
  answer: { about: 'it is done', schema: record({ done: flag(), changes: integer() }) },
  async handler({ request, tenant }) {
    const { parseAction } = await import('../../scenario/actions.ts');
    const action = await parsedBody(request, parseAction);
    return json({ done: true, changes: performAction(tenant.organization, action).changes });
  },
});

async function actionJsonSchema(): Promise<Schema> {
  const { partSchema } = await import('./part-schema.ts');
  const { actionSchema } = await import('../../scenario/schema/actions.ts');
  return partSchema(actionSchema);
}
