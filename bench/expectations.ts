import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { currentToken } from '../src/organization/enrollment/mdm-server.ts';
import { openServer } from '../src/server/open-server.ts';
import { simulateApple } from '../src/simulated-apple.ts';
import { oauthHeader, oauthParameters } from '../test/dep/mdm.ts';

/** Rounds alternate between off and on: other work on the machine affects both. */
const ROUNDS = 9;
const PARALLEL = 8;

const SCENARIO = `name: bench
seed: 7
mdm_servers: [{ server_name: Acme MDM }]
devices: [{ generate: 2000, device_family: iPhone }]
`;

const EXPECTATIONS = `expect:
  - in_order: [dep.session, dep.account, dep.profile.define, dep.profile.assign]
  - operation: dep.account
    each: { $.response.status: 200, $.response.body.server_name: present }
  - operation: dep.profile.assign
    each: { "$.body.devices[*]": { serial_of: mdm_server }, $.body.profile_uuid: { profile_of: mdm_server } }
  - operation: dep.profile.define
    fields: { $.body.profile_name: { matches: "^bench" } }
  - never: dep.devices.disown
  - data_sent: { declaration: declarations/intune.yaml, undeclared: warn }
`;

interface Running {
  readonly call: (method: string, path: string, body?: string) => Promise<string>;
  readonly profile: string;
  readonly serials: readonly string[];
  readonly close: () => Promise<void>;
  readonly verdict: () => string;
}

async function start(scenario: string): Promise<Running> {
  const apple = await simulateApple(
    scenario,
    {},
    { file: 'scenarios/bench.yaml', readFile: (path) => readFile(path, 'utf8') },
  );
  const server = await openServer(apple, { port: 0 });
  const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
  const { organization } = apple.tenants.default;
  let session = '';
  const call = async (method: string, path: string, body?: string): Promise<string> => {
    const headers: Record<string, string> = { 'user-agent': 'bench', 'content-type': 'application/json' };
    if (session !== '') headers['x-adm-auth-session'] = session;
    else {
      const token = currentToken(organization.enrollment.servers[0]!);
      headers.authorization = oauthHeader(oauthParameters(token, { url: `${server.url}${path}` }));
    }
    const sent = request(`${server.url}${path}`, { method, agent, headers });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let text = '';
    response.setEncoding('utf8');
    for await (const part of response) text += part;
    if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${text}`);
    return text;
  };
  session = JSON.parse(await call('GET', '/session')).auth_session_token;
  await call('GET', '/account');
  const page = JSON.parse(await call('POST', '/server/devices', '{"limit":1000}'));
  const profile = JSON.parse(
    await call('POST', '/profile', '{"profile_name":"bench","url":"https://mdm.example"}'),
  );
  return {
    call,
    profile: profile.profile_uuid,
    serials: page.devices.map(({ serial_number }: { serial_number: string }) => serial_number),
    verdict: () => apple.verify().status,
    close: async () => {
      agent.destroy();
      await server.close();
    },
  };
}

/** Measured in CPU time, which other work on the machine does not lengthen. */
async function perSecond(count: number, once: () => Promise<unknown>): Promise<number> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await once();
    }
  };
  const start = process.cpuUsage();
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  const { user, system } = process.cpuUsage(start);
  return (count / (user + system)) * 1_000_000;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[numbers.length >> 1]!;

const off = await start(SCENARIO);
const on = await start(SCENARIO + EXPECTATIONS);
const cases = [
  { name: 'GET /account', count: 1500, once: (running: Running) => running.call('GET', '/account') },
  {
    name: 'assign of 1,000 serials',
    count: 150,
    once(running: Running) {
      const body = JSON.stringify({ profile_uuid: running.profile, devices: running.serials });
      return running.call('PUT', '/profile/devices', body);
    },
  },
];
for (const { name, count, once: run } of cases) {
  const withoutExpectations: number[] = [];
  const withExpectations: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const one = await perSecond(count, () => run(off));
    const other = await perSecond(count, () => run(on));
    // The first round warms up.
    if (round > 0) {
      withoutExpectations.push(one);
      withExpectations.push(other);
    }
  }
  const cost = 1 - median(withExpectations) / median(withoutExpectations);
  process.stdout.write(
    `${name}: ${median(withoutExpectations).toFixed(0)}/s off, ${median(withExpectations).toFixed(0)}/s on, cost ${(cost * 100).toFixed(1)} %\n`,
  );
}
process.stdout.write(`verdict: ${on.verdict()}\n`);
await off.close();
await on.close();
