import type { Command } from 'commander';
import { durationOption } from '../duration-option.ts';
import { option } from '../option.ts';
import { reportOption } from '../report-option.ts';

/** The options of every command that runs another one and verifies it. */
export const withExecOptions = (command: Command): Command =>
  command
    .addOption(reportOption())
    .addOption(durationOption('--timeout <duration>', 'ends the command after so long, as 30s or 5m'))
    .addOption(
      option(
        '--redirect',
        "leads programs that know only Apple's host names here (HTTPS_PROXY, SSL_CERT_FILE, …)",
      ),
    )
    .addOption(option('--no-color', 'no color, not even on a terminal'));

interface CommandLine {
  /** What stands before `--`. */
  readonly operands: readonly string[];
  /** What stands behind it. */
  readonly command: readonly string[];
}

/** Tells the two apart, which the parser throws together. */
export function commandLine(all: readonly string[], { parent }: Command): CommandLine {
  let root = parent;
  while (root?.parent) root = root.parent;
  const given = (root as (Command & { readonly rawArgs: readonly string[] }) | null)?.rawArgs ?? [];
  const dashes = given.indexOf('--');
  const command = dashes < 0 ? [] : given.slice(dashes + 1);
  return { operands: all.slice(0, all.length - command.length), command };
}
