import { locationNamed } from '../../organization/content/actions.ts';
import { LOCATION } from './content-tokens.ts';
import { environmentOf, foundAt } from './environment.ts';
import { MDM_SERVER, namedServer } from './named-server.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { text } from './schema.ts';

export const readEnvironment = route({
  name: 'env',
  scope: 'organization',
  method: 'GET',
  path: 'env',
  about: 'Environment variables for programs under test, secrets included',
  query: {
    mdm_server: MDM_SERVER,
    location: LOCATION,
  },
  answer: { about: 'values by name', schema: { type: 'object', additionalProperties: text() } },
  async handler({ surroundings: { crabapple, options }, request, tenant, query }) {
    const { organization } = tenant;
    const server = query.mdm_server === undefined ? undefined : namedServer(organization, query.mdm_server);
    const location = query.location === undefined ? undefined : locationNamed(organization, query.location);
    await options.pushCertificate(organization);
    const addresses = foundAt(options.addresses(), request);
    return json(environmentOf(crabapple, addresses, tenant, { server, location }));
  },
});
