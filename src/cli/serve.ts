import { Command } from 'commander';
import { DEFAULT_HOST, DEFAULT_PORT, DEFAULT_TLS_PORT } from '../server/defaults.ts';
import { httpUrl, listed, option, portNumber, portNumbers } from './option.ts';
import { LOG_FORMATS } from './serve/log-format.ts';
import type { ServeOptions } from './serve/run.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .summary('serves scenarios')
    .description('Serves scenarios, one organization for each file; without a file, the default scenario.')
    .argument('[file...]', 'scenario files, YAML or JSON')
    .addOption(option('--host <address>', 'address to listen on').default(DEFAULT_HOST))
    .addOption(
      option('--port <number>', 'port to listen on; 0 takes a free one')
        .default(DEFAULT_PORT)
        .argParser(portNumber),
    )
    .addOption(
      option(
        '--tls-port <numbers>',
        `TLS ports, as 2197,443; off: none (default: ${DEFAULT_TLS_PORT}, or a free one with --port 0)`,
      ).argParser(portNumbers),
    )
    .addOption(
      option(
        '--proxy-port <number>',
        "port of a CONNECT proxy that leads Apple's host names here; 0 takes a free one",
      ).argParser(portNumber),
    )
    .addOption(
      option('--public-url <url>', 'the URL that clients see, where a proxy stands before it').argParser(
        httpUrl,
      ),
    )
    .addOption(
      option(
        '--allow-host <name>',
        'another host name under which the control API answers; repeatable',
      ).argParser(listed),
    )
    .addOption(option('--ready-file <file>', 'written as JSON when the ports are open, removed at the end'))
    .addOption(
      option('--log-format <format>', 'how requests are logged').choices(LOG_FORMATS).default('pretty'),
    )
    .addOption(
      option('--data <folder>', 'keeps what is done in this folder, and goes on from it at the next start'),
    )
    .addOption(option('--fsync', 'with --data: answers only what a loss of power cannot undo'))
    .addOption(option('--watch', 'reloads a scenario file when it changes'))
    .addOption(option('--show-secrets', 'does not mask secrets in the journal'))
    .addOption(option('--no-color', 'no color, not even on a terminal'))
    .action(async (files: string[], options: ServeOptions) => {
      const { serve } = await import('./serve/run.ts');
      await serve(files, options);
    });
}
