import { createInterface } from 'node:readline/promises';
import { DEVICE_FAMILIES, type DeviceFamily } from '../../organization/inventory/device-facts.ts';
import { GROUP_CAPACITY } from '../../organization/inventory/serial-numbers.ts';
import type { Choices } from './scenario-text.ts';

export const deviceCount = (text: string): number | undefined =>
  /^\d{1,8}$/.test(text) && Number(text) >= 1 && Number(text) <= GROUP_CAPACITY ? Number(text) : undefined;

export const deviceFamily = (text: string): DeviceFamily | undefined =>
  DEVICE_FAMILIES.find((family) => family.toLowerCase() === text.toLowerCase());

/** Asks on the terminal for what no option gave; an empty answer takes what is offered. */
export async function ask(given: Partial<Choices>, offered: Choices): Promise<Choices> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });

  async function answer<Value>(
    question: string,
    value: Value | undefined,
    offer: Value,
    read: (text: string) => Value | undefined,
  ): Promise<Value> {
    if (value !== undefined) return value;
    for (;;) {
      const text = (await terminal.question(`${question} [${offer}]: `)).trim();
      const understood = text === '' ? offer : read(text);
      if (understood !== undefined) return understood;
      process.stderr.write('  that is not understood, once more\n');
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
