import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { CommandError } from './exit.ts';
import { option } from './option.ts';
import { askServer, organizationOption, type ServerOptions, urlOption } from './running-server.ts';
import { putSchemaBeside } from './schema-beside.ts';

export function contractCommand(): Command {
  return new Command('contract').summary('data-sent contracts').addCommand(initContract());
}

function initContract(): Command {
  return new Command('init')
    .summary('writes a contract from what was sent')
    .description(
      'Writes a data-sent contract that declares everything that a running server has been sent until now: ' +
        'somewhere to start from.',
    )
    .argument('[file]', 'file to write; standard output where not given')
    .addOption(option('--name <text>', 'what the contract is called'))
    .addOption(urlOption())
    .addOption(organizationOption())
    .action(async (file: string | undefined, { name, ...server }: ServerOptions & { name?: string }) => {
      const contract = await askServer(server, 'contract', { query: { name } });
      if (file === undefined) process.stdout.write(contract);
      else write(file, contract);
    });
}

function write(file: string, contract: string): void {
  try {
    writeFileSync(file, contract, { flag: 'wx' });
    putSchemaBeside(file, 'declarations/declaration.schema.json');
  } catch (error) {
    throw new CommandError(`the contract cannot be written: ${(error as Error).message}`, {
      hint: 'a file that is there already is not overwritten',
    });
  }
  process.stdout.write(`${file} written; say under used_for why each value is sent\n`);
}
