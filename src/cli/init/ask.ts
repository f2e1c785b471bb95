import { createInterface } from 'node:readline';
import { DEVICE_FAMILIES, type DeviceFamily } from '../../organization/inventory/device-facts.ts';
import { GROUP_CAPACITY } from '../../organization/inventory/serial-numbers.ts';
import { CommandError } from '../exit.ts';
import type { Choices } from './scenario-text.ts';

export const deviceCount = (text: string): number | undefined =>
  /^\d{1,8}$/.test(text) && Number(text) >= 1 && Number(text) <= GROUP_CAPACITY ? Number(text) : undefined;

export const deviceFamily = (text: string): DeviceFamily | undefined =>
  DEVICE_FAMILIES.find((family) => family.toLowerCase() === text.toLowerCase());

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks on the terminal for what no option gave; an empty answer takes what is offered. */
export async function ask(
  given: Partial<Choices>,
  offered: Choices,
  { input = process.stdin, output = process.stderr }: Partial<Terminal> = {},
): Promise<Choices> {
  const terminal = createInterface({ input, output });
  // Not question by question: what is pasted or typed ahead would get lost in between.
  const lines = terminal[Symbol.asyncIterator]();

  async function answer<Value>(
    question: string,
    value: Value | undefined,
    offer: Value,
    read: (text: string) => Value | undefined,
  ): Promise<Value> {
    if (value !== undefined) return value;
    for (;;) {
      output.write(`${question} [${offer}]: `);
      const line = await lines.next();
      if (line.done) throw new CommandError('nothing was written', { hint: 'the questions were broken off' });
      const text = line.value.trim();
      const understood = text === '' ? offer : read(text);
      if (understood !== undefined) return understood;
      output.write('  that is not understood, once more\n');
    }
  }

  const text = (typed: string): string => typed;
  try {
    return {
      name: await answer('What is the scenario about?', given.name, offered.name, text),
      orgName: await answer('Name of the organization?', given.orgName, offered.orgName, text),
      mdmServer: await answer('Name of your MDM server?', given.mdmServer, offered.mdmServer, text),
      deviceFamily: await answer(
        `Which devices (${DEVICE_FAMILIES.join(', ')})?`,
        given.deviceFamily,
        offered.deviceFamily,
        deviceFamily,
      ),
      devices: await answer('How many?', given.devices, offered.devices, deviceCount),
    };
  } finally {
    terminal.close();
  }
}
