import { AdminState } from '../../examples/console/src/admin-state.ts';
import { AppsAndBooks } from '../../examples/console/src/mdm/apps-and-books.ts';
import { DeviceEnrollment } from '../../examples/console/src/mdm/device-enrollment.ts';
import { Command, run, urlOf } from '../cli/command.ts';
import { overHttp } from '../scenarios/over-http.ts';

/** Runs the MDM client of the example in Node against `crabapple serve`. @returns the output of `crabapple verify` */
export async function verifyByCommand(
  file: string,
  steps: (state: AdminState) => Promise<void>,
): Promise<string> {
  const server = new Command(['serve', file, '--port', '0']);
  try {
    const url = await urlOf(server);
    const portal = overHttp(url);
    const enrollment = new DeviceEnrollment(await portal.token(0), url);
    const content = new AppsAndBooks(await portal.contentToken(), { content: url, lookup: url });
    await steps(new AdminState(enrollment, content));
    return (await run('verify', '--url', url)).stderr;
  } finally {
    await server.stop();
  }
}
