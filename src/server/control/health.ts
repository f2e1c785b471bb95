import { wallClock } from '../../core/wall-clock.ts';
import { json } from './reply.ts';
import { route } from './route.ts';
import { decimal, integer, record, text } from './schema.ts';

export const health = route({
  name: 'health',
  scope: 'server',
  method: 'GET',
  path: 'health',
  about: 'Whether the server is up',
  answer: {
    about: 'it is',
    schema: record({ status: text(), version: text(), uptime_seconds: decimal(), organizations: integer() }),
  },
  handler({ surroundings: { crabapple, options } }) {
    return json({
      status: 'ok',
      version: options.version,
      uptime_seconds: Math.max(0, wallClock() - options.startedAt) / 1000,
      organizations: crabapple.tenants.all.length,
    });
  },
});
