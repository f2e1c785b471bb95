import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { type CrabappleServer, nodeHost, openServer } from '../../src/server/open-server.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { oauthHeader, oauthParameters } from '../dep/mdm.ts';

const WORKERS = 200;

/** One file for all of them. */
const FILE = `
name: Worker
seed: 3
clock: { at: 2026-03-02T08:00:00Z, rate: 0 }
client_time: virtual
devices:
  - generate: 4
    device_family: iPhone
  - serial_number: SHARED1
behavior:
  dep: { session_idle: 5m }
`;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  readonly body: any;
}

/** A test worker with an organization of its own on the server of all. */
class Worker {
  readonly #agent: Agent;
  readonly #url: string;
  readonly number: number;
  id = '';
  env: Readonly<Record<string, string>> = {};
  session = '';
  cursor = '';

  constructor(number: number, url: string, agent: Agent) {
    this.number = number;
    this.#url = url;
    this.#agent = agent;
  }

  ask(method: string, path: string, headers: object = {}, body?: unknown): Promise<Answer> {
    return new Promise((found, lost) => {
      const options = { agent: this.#agent, method, headers: { 'user-agent': 'test', ...headers } };
      const sent = request(`${this.#url}${path}`, options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => {
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          const parsed = isJson ? JSON.parse(text) : undefined;
          found({ status: response.statusCode!, headers: response.headers, text, body: parsed });
        });
      });
      sent.on('error', lost);
      sent.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
    });
  }

  control(method: string, path: string, body?: unknown): Promise<Answer> {
    const separator = path.includes('?') ? '&' : '?';
    return this.ask(method, `/_crabapple/${path}${separator}organization=${this.id}`, {}, body);
  }

  dep(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.ask(method, path, { 'x-adm-auth-session': this.session }, body);
  }

  async begin(): Promise<void> {
    const { status, body } = await this.ask('POST', '/_crabapple/organizations', {}, FILE);
    assert.equal(status, 201);
    this.id = body.id;
    this.env = body.env;
  }

  get credentials() {
    return {
      consumer_key: this.env.CRABAPPLE_CONSUMER_KEY!,
      consumer_secret: this.env.CRABAPPLE_CONSUMER_SECRET!,
      access_token: this.env.CRABAPPLE_ACCESS_TOKEN!,
      access_secret: this.env.CRABAPPLE_ACCESS_SECRET!,
    };
  }

  async openSession(credentials = this.credentials): Promise<Answer> {
    const signing = { url: `${this.#url}/session`, timestamp: Date.parse('2026-03-02T08:00:00Z') / 1000 };
    const authorization = oauthHeader(oauthParameters(credentials, signing));
    const answer = await this.ask('GET', '/session', { authorization });
    if (answer.status === 200) this.session = answer.body.auth_session_token;
    return answer;
  }

  get isLate(): boolean {
    return this.number % 3 === 0;
  }

  get hasFault(): boolean {
    return this.number % 4 === 0;
  }

  /** Each step changes something that no other organization may see. */
  readonly steps: readonly (() => Promise<void>)[] = [
    async () => this.begin(),
    async () => assert.equal((await this.openSession()).status, 200),
    async () => {
      const action = { add_devices: [{ serial_number: `OWN${this.number}` }] };
      assert.equal((await this.control('POST', 'actions', action)).status, 200);
    },
    async () => {
      const devices = ['SHARED1'];
      const { status } = await this.dep('POST', '/profile', {
        profile_name: `Profile of ${this.number}`,
        url: 'https://mdm.acme.example',
        devices,
      });
      assert.equal(status, 200);
    },
    async () => {
      const { body } = await this.dep('POST', '/server/devices', { limit: 100 });
      this.cursor = body.cursor;
      const serials = body.devices.map((device: { serial_number: string }) => device.serial_number);
      assert.equal(serials.length, 6);
      assert.ok(serials.includes(`OWN${this.number}`));
    },
    async () => {
      const expectation = { name: `own ${this.number}`, operation: 'dep.devices.fetch', times: 1 };
      assert.equal((await this.control('POST', 'expectations', expectation)).status, 200);
    },
    async () => {
      if (this.isLate) await this.control('POST', 'clock', { advance: '1h' });
    },
    async () => {
      if (this.hasFault)
        await this.control('POST', 'faults', { on: 'dep.account', answer: 'T_C_NOT_SIGNED' });
    },
  ];

  async check(other: Worker): Promise<void> {
    const clock = (await this.control('GET', 'clock')).body.now;
    assert.equal(clock, this.isLate ? '2026-03-02T09:00:00.000Z' : '2026-03-02T08:00:00.000Z');
    const account = await this.dep('GET', '/account');
    // Where an hour has passed, and there alone, the session was idle for too long.
    const expected = this.hasFault ? 403 : this.isLate ? 401 : 200;
    assert.equal(account.status, expected, account.text);
    assert.equal((await this.control('GET', 'faults')).body.faults.length, this.hasFault ? 1 : 0);

    await this.#checkCursor(other);
    const report = (await this.control('GET', 'report')).body;
    assert.equal(report.suites.length, 1);
    const { verdicts } = report.suites[0];
    assert.deepEqual(
      verdicts.map(({ name, status }: { name: string; status: string }) => [name, status]),
      [[`own ${this.number}`, 'passed']],
    );
    await this.#checkJournal();
  }

  async #checkCursor(other: Worker): Promise<void> {
    if (this.isLate)
      assert.equal((await this.openSession()).status, 401, 'a stamp of an hour ago is too old');
    else {
      const foreign = await this.dep('POST', '/devices/sync', { cursor: other.cursor });
      assert.equal(foreign.text, 'INVALID_CURSOR');
      const own = await this.dep('POST', '/devices/sync', { cursor: this.cursor });
      assert.deepEqual(own.body.devices, []);
    }
  }

  async #checkJournal(): Promise<void> {
    const { entries } = (await this.control('GET', 'journal?limit=1000')).body;
    for (const entry of entries) assert.equal(entry.organization, this.id);
    const operations = entries.map(({ operation }: { operation: string }) => operation);
    assert.deepEqual(operations.slice(0, 3), ['dep.session', 'dep.profile.define', 'dep.devices.fetch']);
    assert.match(entries[1].request.body.profile_name, new RegExp(`^Profile of ${this.number}$`));
  }
}

describe('two hundred test workers on one server', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  let server: CrabappleServer;
  let apple: SimulatedApple;
  let workers: readonly Worker[];

  before(async () => {
    apple = new SimulatedApple({ host: nodeHost });
    await apple.addScenario({ name: 'Main' });
    server = await openServer(apple, { port: 0 });
    workers = Array.from({ length: WORKERS }, (_, number) => new Worker(number, server.url, agent));
  });

  after(async () => {
    agent.destroy();
    await server.close();
  });

  it('each with an organization of the same file see nothing of each other', async function () {
    this.timeout(120_000);
    // All do the same step at the same time, in another order each time.
    for (let step = 0; step < workers[0]!.steps.length; step += 1) {
      const order = step % 2 === 0 ? workers : workers.toReversed();
      await Promise.all(order.map((worker) => worker.steps[step]!()));
    }
    await Promise.all(workers.map((worker, index) => worker.check(workers[(index + 1) % WORKERS]!)));
    assert.equal(new Set(workers.map(({ id }) => id)).size, WORKERS);
    assert.equal(new Set(workers.map(({ session }) => session)).size, WORKERS);
  });

  it('meet the nearest credential of two hundred, also where it differs in case alone', async () => {
    const worker = workers[150]!;
    const { consumer_key } = worker.credentials;
    const upper = consumer_key.toUpperCase();
    const inCase = await worker.openSession({ ...worker.credentials, consumer_key: upper });
    assert.equal(inCase.status, 401);
    const why = String(inCase.headers['x-crabapple-why']);
    assert.match(
      why,
      new RegExp(`differs in case alone from consumer_key:${consumer_key.slice(0, 20)}.* of ${worker.id}$`),
    );

    const spaced = await worker.openSession({ ...worker.credentials, consumer_key: `${consumer_key} ` });
    assert.match(
      String(spaced.headers['x-crabapple-why']),
      new RegExp(`differs in white space alone from .* of ${worker.id}$`),
    );

    const typing = `${consumer_key.slice(0, -1)}x`;
    const mistyped = await worker.openSession({ ...worker.credentials, consumer_key: typing });
    assert.match(
      String(mistyped.headers['x-crabapple-why']),
      new RegExp(`the nearest is .* of ${worker.id}$`),
    );
  });

  it('get ids of their own also where they come at the same moment', async () => {
    const { scenario } = await import('../../src/scenario/load.ts').then(({ loadScenario }) =>
      loadScenario('same.yaml', 'name: Same moment'),
    );
    const added = await Promise.all(Array.from({ length: 5 }, () => apple.tenants.add(scenario)));
    assert.equal(new Set(added.map(({ id }) => id)).size, 5);
    for (const { id } of added) apple.tenants.remove(id);
  });

  it('are gone at once when they are deleted, with their journals and credentials', async () => {
    const [gone, left] = workers as [Worker, Worker];
    const { status } = await gone.ask('DELETE', `/_crabapple/organizations?id=${gone.id}`);
    assert.equal(status, 200);
    assert.equal((await gone.control('GET', 'journal')).status, 404);
    assert.equal((await gone.openSession()).status, 401);
    assert.equal((await left.control('GET', 'journal')).status, 200);
    assert.equal(apple.tenants.size, WORKERS);
  });
});
