import { Command } from 'commander';
import { packageVersion } from '../package.ts';
import { contentTokenCommand } from './content-token.ts';
import { declarationCommand } from './declaration.ts';
import { envCommand } from './env.ts';
import { execCommand } from './exec.ts';
import { EXIT } from './exit.ts';
import { incidentsCommand } from './incidents.ts';
import { initCommand } from './init.ts';
import { pushCertCommand } from './push-cert.ts';
import { pushKeyCommand } from './push-key.ts';
import { readyzCommand } from './readyz.ts';
import { recordCommand } from './record.ts';
import { serveCommand } from './serve.ts';
import { tokenCommand } from './token.ts';
import { validateCommand } from './validate.ts';
import { verifyCommand } from './verify.ts';

/** In the order of the help. */
const COMMANDS: readonly (() => Command)[] = [
  serveCommand,
  execCommand,
  verifyCommand,
  validateCommand,
  initCommand,
  declarationCommand,
  recordCommand,
  incidentsCommand,
  envCommand,
  readyzCommand,
  tokenCommand,
  pushCertCommand,
  pushKeyCommand,
  contentTokenCommand,
];

export function createProgram(): Command {
  const program = new Command('crabapple')
    .description("Apple's device-management services on your own machine.")
    .version(packageVersion())
    .showHelpAfterError('(crabapple --help tells what there is)')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.wrongInput));
  for (const command of COMMANDS) program.addCommand(command().copyInheritedSettings(program));
  return program;
}
