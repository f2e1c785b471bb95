import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PACKAGE_FOLDER } from '../../package.ts';
import { CommandError, EXIT } from '../exit.ts';
import { ask } from './ask.ts';
import { type Choices, scenarioText } from './scenario-text.ts';

export interface InitOptions extends Partial<Choices> {
  readonly force?: boolean;
}

const SCHEMA = 'scenario.schema.json';

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
  const schema = join(dirname(resolve(file)), SCHEMA);
  try {
    writeFileSync(file, scenarioText(choices));
    if (!existsSync(schema)) copyFileSync(join(PACKAGE_FOLDER, 'scenarios', SCHEMA), schema);
  } catch (error) {
    throw new CommandError(`the scenario cannot be written: ${(error as Error).message}`);
  }
  process.stdout.write(`${file} written; try: crabapple serve ${file} --watch\n`);
}
