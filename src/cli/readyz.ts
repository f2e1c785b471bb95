import { Command } from 'commander';
import { stopwatch } from '../core/wall-clock.ts';
import { durationOption } from './options.ts';
import { requestControl, type ServerOptions, urlOption } from './running-server.ts';

/** Real milliseconds between two requests, and the time limit of one request. */
const INTERVAL = 100;
const REQUEST_TIMEOUT = 5000;

export function readyzCommand(): Command {
  return new Command('readyz')
    .description('Exit with 0 if a server is ready. With --timeout, wait until it is ready.')
    .addOption(urlOption())
    .addOption(
      durationOption('--timeout <duration>', 'how long to wait, for example 500ms, 30s or 2m').default(
        0,
        '0s',
      ),
    )
    .action(async ({ url, timeout }: ServerOptions & { timeout: number }) => {
      const start = stopwatch();
      for (;;) {
        try {
          await requestControl({ url }, 'health', { timeout: REQUEST_TIMEOUT });
          process.stdout.write(`${url} is ready\n`);
          return;
        } catch (error) {
          if (stopwatch() - start + INTERVAL > timeout) throw error;
          await new Promise((resolve) => setTimeout(resolve, INTERVAL));
        }
      }
    });
}
