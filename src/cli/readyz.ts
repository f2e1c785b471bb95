import { Command } from 'commander';
import { stopwatch } from '../core/wall-clock.ts';
import { durationOption } from './duration-option.ts';
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
      durationOption('--timeout <duration>', 'how long to wait, as 500ms, 30s or 2m').default(0, '0s'),
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
