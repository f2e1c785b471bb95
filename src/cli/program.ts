import { Command } from 'commander';
import { packageVersion } from '../package.ts';
import { EXIT } from './errors.ts';

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<() => Command>;
}

/** In the order of the help. */
const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'start the simulated Apple',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    name: 'exec',
    summary: 'run a command against scenarios and verify what it sent',
    load: async () => (await import('./exec.ts')).execCommand,
  },
  {
    name: 'verify',
    summary: 'verify what a running server has received',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  {
    name: 'validate',
    summary: 'check scenario files and declarations',
    load: async () => (await import('./validate.ts')).validateCommand,
  },
  {
    name: 'init',
    summary: 'create a first scenario file',
    load: async () => (await import('./init.ts')).initCommand,
  },
  {
    name: 'declaration',
    summary: 'create a data-sent declaration',
    load: async () => (await import('./declaration.ts')).declarationCommand,
  },
  {
    name: 'record',
    summary: 'record the traffic of an MDM server as a scenario file',
    load: async () => (await import('./record.ts')).recordCommand,
  },
  {
    name: 'incidents',
    summary: 'list scenarios of real incidents, and run a command against them',
    load: async () => (await import('./incidents.ts')).incidentsCommand,
  },
  {
    name: 'env',
    summary: 'print the environment variables of a running server',
    load: async () => (await import('./env.ts')).envCommand,
  },
  {
    name: 'readyz',
    summary: 'check that a server is ready',
    load: async () => (await import('./readyz.ts')).readyzCommand,
  },
  {
    name: 'token',
    summary: 'download a server token (.p7m)',
    load: async () => (await import('./token.ts')).tokenCommand,
  },
  {
    name: 'push-cert',
    summary: 'issue an MDM push certificate',
    load: async () => (await import('./push-cert.ts')).pushCertCommand,
  },
  {
    name: 'push-key',
    summary: 'issue a key for provider tokens (.p8)',
    load: async () => (await import('./push-key.ts')).pushKeyCommand,
  },
  {
    name: 'content-token',
    summary: 'download a content token (.vpptoken)',
    load: async () => (await import('./content-token.ts')).contentTokenCommand,
  },
];

/**
 * The command line program. A command with everything that it imports is loaded only if one of the words names it;
 * the help of the program needs no more than names and summaries.
 *
 * @param words the command line; all commands are loaded without it
 */
export async function createProgram(words?: readonly string[]): Promise<Command> {
  const program = new Command('crabapple')
    .description("Apple's device-management services on your own machine.")
    .version(packageVersion())
    .showHelpAfterError('(run crabapple --help for the commands)')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.wrongInput));
  for (const { name, summary, load } of COMMANDS) {
    const isLoaded = words === undefined || words.slice(0, 2).includes(name);
    const command = isLoaded ? (await load())() : new Command(name);
    program.addCommand(command.summary(summary).copyInheritedSettings(program));
  }
  return program;
}
