import { existsSync, writeFileSync } from 'node:fs';
import { CommandError, EXIT } from '../exit.ts';
import { putSchemaBeside } from '../schema-beside.ts';
import { ask } from './ask.ts';
import { type Choices, scenarioText } from './scenario-text.ts';

export interface InitOptions extends Partial<Choices> {
  readonly force?: boolean;
}

const OFFERED: Choices = {
  name: 'A first enrollment',
  orgName: 'Acme Corp',
  mdmServer: 'Acme MDM',
  deviceFamily: 'Mac',
  devices: 10,
};

/** Writes a scenario and, beside it, the schema by which editors complete it. */
export async function init(file: string, { force, ...given }: InitOptions): Promise<void> {
  if (existsSync(file) && !force) {
    throw new CommandError(`${file} is there already`, {
      hint: 'name another file, or overwrite it with --force',
      code: EXIT.wrongInput,
    });
  }
  const asksNobody = Object.keys(given).length > 0 || process.stdin.isTTY !== true;
  const choices = asksNobody ? { ...OFFERED, ...given } : await ask(given, OFFERED);
  try {
    writeFileSync(file, scenarioText(choices));
    putSchemaBeside(file, 'scenario.schema.json');
  } catch (error) {
    throw new CommandError(`the scenario cannot be written: ${(error as Error).message}`);
  }
  process.stdout.write(`${file} written; try: crabapple serve ${file} --watch\n`);
}
