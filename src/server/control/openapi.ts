import type { SimulatedApple } from '../../simulated-apple.ts';
import { jsonText } from './reply.ts';
import { route, type Surroundings } from './route.ts';

/** The tables do not change while a server runs. */
const made = new WeakMap<SimulatedApple, Promise<string>>();

export const openapi = route({
  name: 'openapi',
  scope: 'server',
  method: 'GET',
  path: 'openapi.json',
  about: 'This description, of Apple’s calls and of the control API',
  answer: { about: 'OpenAPI 3.1', schema: { type: 'object' } },
  handler: async ({ surroundings }) => jsonText(await textFor(surroundings)),
});

function textFor(surroundings: Surroundings): Promise<string> {
  const { crabapple, options, routes } = surroundings;
  let text = made.get(crabapple);
  if (text === undefined) {
    text = import('./openapi/document.ts').then(async ({ apiDocument }) =>
      JSON.stringify(await apiDocument(crabapple.engine.services, routes, options.version)),
    );
    made.set(crabapple, text);
  }
  return text;
}
