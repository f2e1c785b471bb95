import { wallClock } from '../../core/wall-clock.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import { createLineWriter } from './line-writer.ts';
import type { Log } from './log.ts';

/** The numbers of bunyan and pino, whose readers print these lines. */
const LEVEL = { info: 30, warn: 40, error: 50 } as const;

type Level = keyof typeof LEVEL;

/** One JSON object per line on standard output. */
export function createJsonLog(): Log {
  const writeLine = createLineWriter(process.stdout);
  const write = (level: Level, msg: string, members: object = {}): void =>
    writeLine(
      JSON.stringify({ level: LEVEL[level], time: new Date(wallClock()).toISOString(), ...members, msg }),
    );

  return {
    started(apple, { url }) {
      const organizations = apple.tenants.all.map(({ id, organization }) => ({
        id,
        name: organization.definition.name,
        mdm_servers: organization.enrollment.servers.map(({ serverName }) => serverName),
      }));
      write('info', 'listening', { url, organizations });
    },
    exchange({ seq, organization, operation, transport, request, response, ended, why, fault }) {
      const { method, path } = request;
      const status = response?.status;
      const members = { seq, organization, operation, transport, method, path, status, ended, why, fault };
      if (status === undefined || status >= 400) write('warn', 'refused', members);
      else write('info', 'answered', members);
    },
    control({ method, path, query }, outcome) {
      const status = outcome.kind === 'response' ? outcome.status : undefined;
      const members = { method, path, query, status, why: outcome.why };
      if (status === undefined || status >= 400) write('warn', 'control refused', members);
      else write('info', 'control answered', members);
    },
    reloaded: (file, organization) => write('info', 'reloaded', { file, organization }),
    refused(file, error) {
      const problems = error instanceof ScenarioError ? error.problems : [{ message: error.message }];
      write('error', 'the changed file is wrong; what it described before is still served', {
        file,
        problems,
      });
    },
    notice: (message) => write('warn', message),
    failure: (error) => write('error', 'a failure of Crabapple itself, please report it', errorMember(error)),
    uncaught: (error) =>
      write('error', 'a failure of Crabapple itself, please report it; it stops', errorMember(error)),
  };
}

function errorMember(error: unknown): object {
  if (!(error instanceof Error)) return { err: { message: String(error) } };
  const { name: type, message, stack } = error;
  return { err: { type, message, stack } };
}
