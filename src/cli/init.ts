import { Command, InvalidArgumentError } from 'commander';
import { GROUP_CAPACITY } from '../organization/inventory/serial-numbers.ts';
import { deviceCount, deviceFamily } from './init/ask.ts';
import type { InitOptions } from './init/run.ts';
import { option } from './option.ts';

const DEFAULT_FILE = 'scenario.yaml';

export function initCommand(): Command {
  return new Command('init')
    .summary('writes a first scenario')
    .description(
      'Writes a commented first scenario. On a terminal it asks what you want; with any of the options it asks nothing.',
    )
    .argument('[file]', 'file to write', DEFAULT_FILE)
    .addOption(option('--name <text>', 'what the scenario is about'))
    .addOption(option('--org-name <text>', 'name of the organization'))
    .addOption(option('--mdm-server <name>', 'name of your MDM server'))
    .addOption(
      option('--device-family <family>', 'which devices').argParser((text) =>
        understood(deviceFamily(text), 'Known are iPhone, iPad, iPod, Mac, AppleTV and Vision.'),
      ),
    )
    .addOption(
      option('--devices <number>', 'how many').argParser((text) =>
        understood(deviceCount(text), `A number from 1 to ${GROUP_CAPACITY} is wanted.`),
      ),
    )
    .addOption(option('--force', 'overwrites a file that is there'))
    .action(async (file: string, options: InitOptions) => {
      const { init } = await import('./init/run.ts');
      await init(file, options);
    });
}

function understood<Value>(value: Value | undefined, wanted: string): Value {
  if (value === undefined) throw new InvalidArgumentError(wanted);
  return value;
}
