import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError } from 'commander';
import { DEVICE_FAMILIES, type DeviceFamily } from '../organization/inventory/device-facts.ts';
import { GROUP_CAPACITY } from '../organization/inventory/serial-numbers.ts';
import { CommandError, EXIT } from './errors.ts';
import { copySchemaNextTo } from './files.ts';
import { option } from './options.ts';

/** The variable parts of a first scenario. */
interface Choices {
  readonly name: string;
  readonly orgName: string;
  readonly mdmServer: string;
  readonly deviceFamily: DeviceFamily;
  readonly devices: number;
}

interface InitOptions extends Partial<Choices> {
  readonly force?: boolean;
}

const DEFAULTS: Choices = {
  name: 'A first enrollment',
  orgName: 'Acme Corp',
  mdmServer: 'Acme MDM',
  deviceFamily: 'Mac',
  devices: 10,
};

export function initCommand(): Command {
  return new Command('init')
    .description(
      'Create a commented first scenario file. On a terminal it prompts for the details; with any option it does not.',
    )
    .argument('[file]', 'file to write', 'scenario.yaml')
    .addOption(option('--name <text>', 'name of the scenario'))
    .addOption(option('--org-name <text>', 'name of the organization'))
    .addOption(option('--mdm-server <name>', 'name of your MDM server'))
    .addOption(
      option('--device-family <family>', 'family of the devices').argParser((text) =>
        parsed(deviceFamily(text), `Expected one of ${DEVICE_FAMILIES.join(', ')}.`),
      ),
    )
    .addOption(
      option('--devices <number>', 'number of devices').argParser((text) =>
        parsed(deviceCount(text), `Expected a number from 1 to ${GROUP_CAPACITY}.`),
      ),
    )
    .addOption(option('--force', 'overwrite an existing file'))
    .action(init);
}

function parsed<Value>(value: Value | undefined, expected: string): Value {
  if (value === undefined) throw new InvalidArgumentError(expected);
  return value;
}

const deviceCount = (text: string): number | undefined =>
  /^\d{1,8}$/.test(text) && Number(text) >= 1 && Number(text) <= GROUP_CAPACITY ? Number(text) : undefined;

const deviceFamily = (text: string): DeviceFamily | undefined =>
  DEVICE_FAMILIES.find((family) => family.toLowerCase() === text.toLowerCase());

async function init(file: string, { force, ...options }: InitOptions): Promise<void> {
  if (existsSync(file) && !force) {
    throw new CommandError(`${file} already exists`, {
      hint: 'choose another file, or overwrite it with --force',
      code: EXIT.wrongInput,
    });
  }
  const isInteractive = Object.keys(options).length === 0 && process.stdin.isTTY === true;
  const choices = isInteractive ? await promptFor(options, DEFAULTS) : { ...DEFAULTS, ...options };
  try {
    writeFileSync(file, scenarioText(choices));
    copySchemaNextTo(file, 'scenario.schema.json');
  } catch (error) {
    throw new CommandError(`cannot write the scenario: ${(error as Error).message}`);
  }
  process.stdout.write(`Created ${file}. Next: crabapple serve ${file} --watch\n`);
}

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Prompts for the choices that are not given; an empty line selects the default. */
export async function promptFor(
  given: Partial<Choices>,
  defaults: Choices,
  { input = process.stdin, output = process.stderr }: Partial<Terminal> = {},
): Promise<Choices> {
  const terminal = createInterface({ input, output });
  // One iterator for all questions: separate ones would lose lines that are typed ahead or pasted.
  const lines = terminal[Symbol.asyncIterator]();

  async function answer<Value>(
    question: string,
    value: Value | undefined,
    preset: Value,
    parse: (text: string) => Value | undefined,
  ): Promise<Value> {
    if (value !== undefined) return value;
    for (;;) {
      output.write(`${question} [${preset}]: `);
      const line = await lines.next();
      if (line.done)
        throw new CommandError('no file was written', { hint: 'the input ended before the last question' });
      const text = line.value.trim();
      const result = text === '' ? preset : parse(text);
      if (result !== undefined) return result;
      output.write('  not a valid answer, please try again\n');
    }
  }

  const text = (typed: string): string => typed;
  try {
    return {
      name: await answer('Name of the scenario?', given.name, defaults.name, text),
      orgName: await answer('Name of the organization?', given.orgName, defaults.orgName, text),
      mdmServer: await answer('Name of your MDM server?', given.mdmServer, defaults.mdmServer, text),
      deviceFamily: await answer(
        `Device family (${DEVICE_FAMILIES.join(', ')})?`,
        given.deviceFamily,
        defaults.deviceFamily,
        deviceFamily,
      ),
      devices: await answer('How many devices?', given.devices, defaults.devices, deviceCount),
    };
  } finally {
    terminal.close();
  }
}

/** Quotes text that YAML would not read as a string. */
const yamlText = (text: string): string =>
  /^[A-Za-z][\w .&'-]*[\w.]$/.test(text) ? text : JSON.stringify(text);

/** A commented scenario that verifies an enrollment. */
function scenarioText({ name, orgName, mdmServer, deviceFamily, devices }: Choices): string {
  return `# yaml-language-server: $schema=./scenario.schema.json
# A scenario describes one organization of the simulated Apple, and the requests that your MDM must send.
#   crabapple validate FILE          check this file
#   crabapple serve FILE --watch     serve it, and reload it when you change it
#   crabapple exec FILE -- COMMAND   serve it, run your tests, and verify the expectations below
name: ${yamlText(name)}
seed: 1                                # the same seed generates the same devices
# clock: 2026-03-02T08:00:00Z          # start of the virtual clock; default: real time
organization:
  org_name: ${yamlText(orgName)}
mdm_servers:
  - server_name: ${yamlText(mdmServer)}    # crabapple env prints its server token
devices:
  - generate: ${devices}
    device_family: ${deviceFamily}
# behavior:                            # where Apple's documentation leaves a choice: docs/fidelity.md lists all settings
#   dep: { session_idle: 5m }
# faults:                              # injected failures
#   - { on: dep.session, answer: T_C_NOT_SIGNED, times: 1 }
expect:
  - name: the MDM reads its account first
    in_order: [dep.session, dep.account]
  - name: the MDM fetches its devices
    operation: dep.devices.fetch
  - name: the MDM defines a profile with its enrollment URL
    operation: dep.profile.define
    fields:
      $.body.profile_name: present
      $.body.url: { matches: "^https://" }
  - name: the MDM disowns no device
    never: dep.devices.disown
`;
}
