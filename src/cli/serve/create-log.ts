import type { Log } from './log.ts';
import type { LogFormat } from './log-format.ts';

export async function createLog(format: LogFormat, color: boolean): Promise<Log> {
  switch (format) {
    case 'pretty':
      return (await import('./pretty-log.ts')).createPrettyLog(color);
    case 'json':
      return (await import('./json-log.ts')).createJsonLog();
  }
}
