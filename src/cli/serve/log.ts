import type { Writable } from 'node:stream';
import type { Outcome } from '../../core/outcome.ts';
import type { HttpRequest } from '../../core/request.ts';
import { wallClock } from '../../core/wall-clock.ts';
import type { JournalEntry } from '../../engine/journal/entry.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import type { CrabappleServer } from '../../server/open-server.ts';
import type { SimulatedApple } from '../../simulated-apple.ts';

export const LOG_FORMATS = ['pretty', 'json'] as const;

export type LogFormat = (typeof LOG_FORMATS)[number];

/** The log of a server. */
export interface Log {
  started(apple: SimulatedApple, server: CrabappleServer): void;
  /** One exchange; `several`: the server has more than one organization. */
  exchange(entry: JournalEntry, several: boolean): void;
  /** One request to the control API. */
  control(request: HttpRequest, outcome: Outcome): void;
  reloaded(file: string, organization: string): void;
  /** A changed scenario file is invalid; its former content is still served. */
  rejected(file: string, error: Error): void;
  notice(message: string): void;
  /** An internal error during a request; the server continues. */
  failure(error: unknown): void;
  /** An uncaught exception; the server stops. */
  uncaught(error: unknown): void;
}

export async function createLog(format: LogFormat, color: boolean): Promise<Log> {
  switch (format) {
    case 'pretty':
      return (await import('./pretty-log.ts')).createPrettyLog(color);
    case 'json':
      return createJsonLog(createLineWriter(process.stdout));
  }
}

/**
 * Collects the lines of one turn of the event loop: a system call for each line takes longer than most requests.
 * Writes the rest when the process exits.
 */
export function createLineWriter(stream: Writable): (line: string) => void {
  let buffered = '';
  const flush = (): void => {
    const text = buffered;
    buffered = '';
    if (text !== '') stream.write(text);
  };
  process.on('exit', flush);
  // The server continues after its output was closed.
  stream.on('error', () => {});
  return (line) => {
    if (buffered === '') setImmediate(flush);
    buffered += `${line}\n`;
  };
}

/** The numbers of pino and bunyan, which log processors know. */
const LEVELS = { info: 30, warn: 40, error: 50 } as const;

/** One JSON object per line. */
function createJsonLog(write: (line: string) => void): Log {
  const log = (level: keyof typeof LEVELS, msg: string, members: object = {}): void =>
    write(
      JSON.stringify({ level: LEVELS[level], time: new Date(wallClock()).toISOString(), ...members, msg }),
    );
  return {
    started(apple, { url }) {
      const organizations = apple.tenants.all.map(({ id, organization }) => ({
        id,
        name: organization.definition.name,
        mdm_servers: organization.enrollment.servers.map(({ serverName }) => serverName),
      }));
      log('info', 'listening', { url, organizations });
    },
    exchange({ seq, organization, operation, transport, request, response, ended, why, fault }) {
      const { method, path } = request;
      const status = response?.status;
      const isError = status === undefined || status >= 400;
      log(isError ? 'warn' : 'info', isError ? 'request failed' : 'request completed', {
        ...{ seq, organization, operation, transport, method, path, status, ended, why, fault },
      });
    },
    control({ method, path, query }, outcome) {
      const status = outcome.kind === 'response' ? outcome.status : undefined;
      const isError = status === undefined || status >= 400;
      log(isError ? 'warn' : 'info', isError ? 'control request failed' : 'control request completed', {
        ...{ method, path, query, status, why: outcome.why },
      });
    },
    reloaded: (file, organization) => log('info', 'reloaded', { file, organization }),
    rejected(file, error) {
      const problems = error instanceof ScenarioError ? error.problems : [{ message: error.message }];
      log('error', 'the changed file is invalid; its former content is still served', { file, problems });
    },
    notice: (message) => log('warn', message),
    failure: (error) => log('error', 'internal error of Crabapple; please report it', errorMember(error)),
    uncaught: (error) =>
      log('error', 'internal error of Crabapple, the server stops; please report it', errorMember(error)),
  };
}

function errorMember(error: unknown): object {
  if (!(error instanceof Error)) return { err: { message: String(error) } };
  const { name: type, message, stack } = error;
  return { err: { type, message, stack } };
}
