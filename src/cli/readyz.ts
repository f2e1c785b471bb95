import { Command, InvalidArgumentError } from 'commander';
import { parseDuration } from '../runtime/duration.ts';
import { stopwatch } from '../runtime/wall-clock.ts';
import { option } from './option.ts';
import { askServer, type ServerOptions, urlOption } from './running-server.ts';

/** Real milliseconds between two questions, and for one of them at most. */
const PAUSE = 100;
const ONE_ANSWER = 5000;

export function readyzCommand(): Command {
  return new Command('readyz')
    .summary('succeeds when a server is ready')
    .description('Succeeds when a server is ready; waits for it as long as --timeout says.')
    .addOption(urlOption())
    .addOption(
      option('--timeout <duration>', 'how long to wait, as 500ms, 30s or 2m')
        .default(0, '0s')
        .argParser(duration),
    )
    .action(async ({ url, timeout }: ServerOptions & { timeout: number }) => {
      const begin = stopwatch();
      for (;;) {
        try {
          await askServer({ url }, 'health', { timeout: ONE_ANSWER });
          process.stdout.write(`${url} is ready\n`);
          return;
        } catch (error) {
          if (stopwatch() - begin + PAUSE > timeout) throw error;
          await new Promise((resolve) => setTimeout(resolve, PAUSE));
        }
      }
    });
}

function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError('A duration is written 500ms, 30s, 2m or 1m30s.');
}
