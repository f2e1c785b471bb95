import { readFileSync } from 'node:fs';
import { setupServer } from 'msw/node';
import { appleHandlers } from '../../src/msw.ts';
import { listen as listenOnPort } from '../../src/server.ts';
import { Command, run, urlOf } from '../cli/command.ts';
import { Folder } from '../cli/folder.ts';
import { appleOf } from '../scenarios/in-process.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { play } from '../scenarios/scripted-mdm.ts';
import { atAppleHosts, fileOf, type Integration, reportsOf, stepsOf } from './integration.ts';

/** `crabapple serve` and `crabapple verify` as child processes. */
export const commandLine: Integration = {
  name: 'the command line',
  async run(example) {
    const folder = new Folder();
    const json = folder.file('report.json');
    const server = new Command(['serve', fileOf(example), '--port', '0']);
    try {
      const url = await urlOf(server);
      await play(stepsOf(example), overHttp(url));
      const reports = ['--report', `json:${json}`, '--report', 'pretty'];
      const { code, stderr } = await run('verify', '--url', url, ...reports);
      if (code !== 0 && code !== 3) throw new Error(`verify exited with ${code}: ${stderr}`);
      return { json: JSON.parse(readFileSync(json, 'utf8')), pretty: stderr };
    } finally {
      await server.stop();
      folder.remove();
    }
  },
};

/** `listen()` and `verify()` in this process. */
export const listen: Integration = {
  name: 'listen()',
  async run(example) {
    const apple = await appleOf(fileOf(example));
    const server = await listenOnPort(apple, { port: 0 });
    try {
      await play(stepsOf(example), overHttp(server.url));
      return reportsOf(apple);
    } finally {
      await server.close();
    }
  },
};

/** MSW's `setupServer`, without a port. */
export const mswInNode: Integration = {
  name: 'MSW in Node',
  async run(example) {
    const apple = await appleOf(fileOf(example));
    const server = setupServer(...appleHandlers(apple));
    server.listen({ onUnhandledRequest: 'error' });
    try {
      await play(stepsOf(example), atAppleHosts(apple));
      return reportsOf(apple);
    } finally {
      server.close();
    }
  },
};
