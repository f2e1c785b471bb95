import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError } from './exit.ts';
import { option } from './option.ts';
import { askServer, organizationOption, type ServerOptions, urlOption } from './running-server.ts';
import { putSchemaBeside } from './schema-beside.ts';

export function declarationCommand(): Command {
  return new Command('declaration').summary('data-sent declarations').addCommand(initDeclaration());
}

function initDeclaration(): Command {
  return new Command('init')
    .summary('writes a declaration from what was sent')
    .description(
      'Writes a data-sent declaration that declares everything that a running server has been sent until now: ' +
        'somewhere to start from.',
    )
    .argument('[file]', 'file to write; standard output where not given')
    .addOption(option('--name <text>', 'what the declaration is called'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (file: string | undefined, { name, ...server }: ServerOptions & { name?: string }) => {
      const declaration = await askServer(server, 'declaration', { query: { name } });
      if (file === undefined) process.stdout.write(declaration);
      else write(file, declaration);
    });
}

function write(file: string, declaration: string): void {
  try {
    writeFileSync(file, declaration, { flag: 'wx' });
    putSchemaBeside(file, 'declarations/declaration.schema.json');
  } catch (error) {
    throw new CommandError(`the declaration cannot be written: ${(error as Error).message}`, {
      hint: 'a file that is there already is not overwritten',
    });
  }
  process.stdout.write(`${file} written; say under used_for why each value is sent\n`);
}
