import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { Command, urlOf } from './command.ts';
import { Folder } from './folder.ts';

const scenario = (serial: string): string =>
  `name: Watched\ndevices:\n  - { serial_number: ${serial}, device_family: Mac }\n`;

describe('crabapple serve --watch', () => {
  let folder: Folder;
  let server: Command;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(async () => {
    await server.stop();
    folder.remove();
  });

  it('reloads a file that is rewritten or replaced, and keeps serving the former content of an invalid one', async () => {
    const file = folder.file('watched.yaml', scenario('C02ACME00001'));
    server = new Command(['serve', file, '--port', '0', '--watch']);
    const url = await urlOf(server);
    const serials = async (): Promise<readonly string[]> => {
      const { devices } = (await (await fetch(`${url}/_crabapple/devices`)).json()) as {
        devices: { serial_number: string }[];
      };
      return devices.map(({ serial_number }) => serial_number);
    };
    const times = (count: number): RegExp => new RegExp(`(?:reloaded .*){${count}}`, 's');

    // Some editors truncate the file first.
    folder.file('watched.yaml', '');
    folder.file('watched.yaml', scenario('C02ACME00002'));
    await server.wrote(times(1));
    assert.deepEqual(await serials(), ['C02ACME00002']);

    // Some editors replace the file.
    renameSync(folder.file('draft', scenario('C02ACME00003')), file);
    await server.wrote(times(2));
    assert.deepEqual(await serials(), ['C02ACME00003']);

    folder.file('watched.yaml', scenario('C02ACME00004').replace('devices', 'devces'));
    const text = await server.wrote(/was not reloaded/);
    assert.match(text, /watched.yaml:2:1: error: unknown key `devces`\n.*\^+ did you mean `devices`\?/s);
    assert.deepEqual(await serials(), ['C02ACME00003']);

    renameSync(folder.file('draft', scenario('C02ACME00005')), file);
    await server.wrote(times(3));
    assert.deepEqual(await serials(), ['C02ACME00005']);
  });
});
