import { wallClock } from '../../core/wall-clock.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';
import { json, jsonText } from './reply.ts';
import { type ControlContext, route } from './route.ts';
import { decimal, integer, record, text } from './schema.ts';

export const health = route({
  name: 'health',
  scope: 'server',
  method: 'GET',
  path: 'health',
  about: 'Whether the server is up',
  response: {
    about: 'the server is up',
    schema: record({ status: text(), version: text(), uptime_seconds: decimal(), organizations: integer() }),
  },
  handler({ context: { apple, options } }) {
    return json({
      status: 'ok',
      version: options.version,
      uptime_seconds: Math.max(0, wallClock() - options.startedAt) / 1000,
      organizations: apple.tenants.all.length,
    });
  },
});

export const openapi = route({
  name: 'openapi',
  scope: 'server',
  method: 'GET',
  path: 'openapi.json',
  about: 'This description of Apple’s calls and of the control API',
  response: { about: 'OpenAPI 3.1', schema: { type: 'object' } },
  handler: async ({ context }) => jsonText(await openapiText(context)),
});

/** The description does not change while a server runs. */
const openapiTexts = new WeakMap<SimulatedApple, Promise<string>>();

function openapiText({ apple, options, routes }: ControlContext): Promise<string> {
  let text = openapiTexts.get(apple);
  if (text === undefined) {
    text = import('./openapi/document.ts').then(async ({ apiDocument }) =>
      JSON.stringify(await apiDocument(await apple.engine.load(), routes, options.version)),
    );
    openapiTexts.set(apple, text);
  }
  return text;
}
