import { ConsoleState } from '../../examples/console/src/console-state.ts';
import { AppsAndBooks } from '../../examples/console/src/mdm/apps-and-books.ts';
import { DeviceEnrollment } from '../../examples/console/src/mdm/device-enrollment.ts';
import { Command, run, urlOf } from '../cli/command.ts';
import { overHttp } from '../scenarios/over-http.ts';

/** What the command line says of the example's scenario, when its client does in Node what it does in the page. */
export async function toldByCommand(
  file: string,
  story: (state: ConsoleState) => Promise<void>,
): Promise<string> {
  const server = new Command(['serve', file, '--port', '0']);
  try {
    const url = await urlOf(server);
    const portal = overHttp(url);
    const enrollment = new DeviceEnrollment(await portal.token(0), url);
    const content = new AppsAndBooks(await portal.contentToken(), { content: url, lookup: url });
    await story(new ConsoleState(enrollment, content));
    return (await run('verify', '--url', url)).stderr;
  } finally {
    await server.stop();
  }
}
