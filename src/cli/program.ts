import { Command } from 'commander';
import { packageVersion } from '../package.ts';
import { envCommand } from './env.ts';
import { EXIT } from './exit.ts';
import { readyzCommand } from './readyz.ts';
import { serveCommand } from './serve.ts';
import { tokenCommand } from './token.ts';
import { validateCommand } from './validate.ts';

export function createProgram(): Command {
  const program = new Command('crabapple')
    .description("Apple's device-management services on your own machine.")
    .version(packageVersion())
    .showHelpAfterError('(crabapple --help tells what there is)')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.wrongInput));
  for (const command of [serveCommand, envCommand, readyzCommand, validateCommand, tokenCommand])
    program.addCommand(command().copyInheritedSettings(program));
  return program;
}
