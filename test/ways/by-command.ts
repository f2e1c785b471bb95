import { readFileSync } from 'node:fs';
import { Command, run, urlOf } from '../cli/command.ts';
import { Folder } from '../cli/folder.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { play } from '../scenarios/scripted-mdm.ts';
import { fileOf, storyOf, type Way } from './telling.ts';

/** `crabapple serve` and `crabapple verify`, processes of their own. */
export const byCommand: Way = {
  name: 'the command line',
  async tell(telling) {
    const folder = new Folder();
    const json = folder.file('report.json');
    const server = new Command(['serve', fileOf(telling), '--port', '0']);
    try {
      const url = await urlOf(server);
      await play(storyOf(telling), overHttp(url));
      const { code, stderr } = await run(
        'verify',
        '--url',
        url,
        '--report',
        `json:${json}`,
        '--report',
        'pretty',
      );
      if (code !== 0 && code !== 3) throw new Error(`verify ended with ${code}: ${stderr}`);
      return { json: JSON.parse(readFileSync(json, 'utf8')), pretty: stderr };
    } finally {
      await server.stop();
      folder.remove();
    }
  },
};
