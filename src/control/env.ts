import { environmentOf, foundAt } from './environment.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

export const readEnvironment = route({
  name: 'env',
  scope: 'organization',
  method: 'GET',
  path: 'env',
  about: 'Environment variables for programs under test, secrets included',
  answer: { about: 'values by name', schema: { type: 'object', additionalProperties: text() } },
  async handler({ surroundings: { crabapple, options }, request, tenant }) {
    await options.pushCertificate(tenant.organization);
    return json(environmentOf(crabapple, foundAt(options.addresses(), request), tenant));
  },
});
