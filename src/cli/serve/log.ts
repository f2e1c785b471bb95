import type { Crabapple } from '../../crabapple.ts';
import type { JournalEntry } from '../../exchange/journal/entry.ts';
import type { ScenarioError } from '../../scenario/reading/problem.ts';
import type { CrabappleServer } from '../../server.ts';
import type { LogFormat } from './log-format.ts';

/** What whoever runs the server gets to see. */
export interface Log {
  started(apple: Crabapple, server: CrabappleServer): void;
  /** One request and what became of it; `several` where more than one organization is served. */
  exchange(entry: JournalEntry, several: boolean): void;
  reloaded(file: string, organization: string): void;
  /** A changed file that is wrong: what it described before is still served. */
  refused(file: string, error: ScenarioError | Error): void;
  notice(message: string): void;
  failure(error: unknown): void;
}

export async function createLog(format: LogFormat, color: boolean): Promise<Log> {
  switch (format) {
    case 'pretty':
      return (await import('./pretty-log.ts')).createPrettyLog(color);
    case 'json':
      return (await import('./json-log.ts')).createJsonLog();
  }
}
