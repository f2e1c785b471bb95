import { destination, pino } from 'pino';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import type { Log } from './log.ts';

/** One JSON object a line, on standard output. */
export function createJsonLog(): Log {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination({ sync: true }));
  return {
    started(apple, { url }) {
      const organizations = apple.tenants.all.map(({ id, organization }) => ({
        id,
        name: organization.definition.name,
        mdm_servers: organization.enrollment.servers.map(({ serverName }) => serverName),
      }));
      logger.info({ url, organizations }, 'listening');
    },
    exchange({ seq, organization, operation, transport, request, response, ended, why, fault }) {
      const { method, path } = request;
      const about = { seq, organization, operation, transport, method, path };
      const told = { ...about, status: response?.status, ended, why, fault };
      if (response === undefined || response.status >= 400) logger.warn(told, 'refused');
      else logger.info(told, 'answered');
    },
    control({ method, path, query }, outcome) {
      const status = outcome.kind === 'response' ? outcome.status : undefined;
      const told = { method, path, query, status, why: outcome.why };
      if (status === undefined || status >= 400) logger.warn(told, 'control refused');
      else logger.info(told, 'control answered');
    },
    reloaded: (file, organization) => logger.info({ file, organization }, 'reloaded'),
    refused(file, error) {
      const problems = error instanceof ScenarioError ? error.problems : [{ message: error.message }];
      logger.error({ file, problems }, 'the changed file is wrong; what it described before is still served');
    },
    notice: (message) => logger.warn(message),
    failure: (error) => logger.error(error, 'a failure of Crabapple itself, please report it'),
  };
}
