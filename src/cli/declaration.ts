import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError } from './errors.ts';
import { copySchemaNextTo } from './files.ts';
import { option } from './options.ts';
import { organizationOption, requestControl, type ServerOptions, urlOption } from './running-server.ts';

export const declarationCommand = (): Command =>
  new Command('declaration')
    .description('Data-sent declarations: which data an MDM server sends to Apple, and why.')
    .addCommand(declarationInit());

function declarationInit(): Command {
  return new Command('init')
    .summary('create a declaration from the received data')
    .description(
      'Create a data-sent declaration with all data that a running server has received so far, as a first draft.',
    )
    .argument('[file]', 'file to write; default: standard output')
    .addOption(option('--name <text>', 'name of the declaration'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (file: string | undefined, { name, ...server }: ServerOptions & { name?: string }) => {
      const declaration = await requestControl(server, 'declaration', { query: { name } });
      if (file === undefined) process.stdout.write(declaration);
      else write(file, declaration);
    });
}

function write(file: string, declaration: string): void {
  try {
    writeFileSync(file, declaration, { flag: 'wx' });
    copySchemaNextTo(file, 'declarations/declaration.schema.json');
  } catch (error) {
    throw new CommandError(`cannot write the declaration: ${(error as Error).message}`, {
      hint: 'choose a file that does not exist, in a folder that you can write to',
    });
  }
  process.stdout.write(`Created ${file}. Next: fill in used_for, the reason why each value is sent\n`);
}
