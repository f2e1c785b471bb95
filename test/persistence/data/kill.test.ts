import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../../../src/core/random.ts';
import { oauthHeader, oauthParameters } from '../../dep/mdm.ts';
import { KilledServer } from './killed-server.ts';

const CREDENTIALS = {
  consumer_key: 'CK_kill',
  consumer_secret: 'CS_kill',
  access_token: 'AT_kill',
  access_secret: 'AS_kill',
};

const SCENARIO = {
  name: 'Killed',
  mdm_servers: [{ server_name: 'MDM', server_token: CREDENTIALS }],
  devices: [{ generate: 1000, device_family: 'iPhone' }],
};

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Undefined where the server was killed before the answer was there. */
function ask(agent: Agent, url: string, method: string, path: string, headers: object, body?: unknown) {
  return new Promise<Answer | undefined>((found) => {
    const clientRequest = request(`${url}${path}`, {
      agent,
      method,
      headers: { 'user-agent': 'test', ...headers },
    });
    clientRequest.on('error', () => found(undefined));
    clientRequest.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', () => found(undefined));
      response.on('close', () => {
        found(response.complete ? { status: response.statusCode!, text } : undefined);
      });
    });
    clientRequest.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** What the server has said yes to. */
class Promised {
  readonly devices: string[] = [];
  /** Devices that a profile was defined for, in the same call: all of them or none. */
  readonly profiles: { readonly uuid: string; readonly devices: readonly string[] }[] = [];
  readonly attempted: (readonly string[])[] = [];
  session: string | undefined;
}

const CLIENTS = 6;

/** One folder, in which servers are killed one after another. */
class Story {
  readonly #folder = mkdtempSync(join(tmpdir(), 'crabapple-kill-'));
  readonly #promised = new Promised();
  readonly #random: Random;
  readonly #lane: number;
  #named = 0;
  kills = 0;

  constructor(lane: number) {
    this.#lane = lane;
    this.#random = createRandom(`kill ${lane}`);
    writeFileSync(join(this.#folder, 'scenario.json'), JSON.stringify(SCENARIO));
  }

  #freshSerial(): string {
    this.#named += 1;
    return `KILL${this.#lane}X${this.#named}`;
  }

  async run(kills: number): Promise<void> {
    while (this.kills < kills) await this.#oneLife();
    const server = await this.#start();
    await this.#check(server);
    await server.kill();
    rmSync(this.#folder, { recursive: true });
  }

  #start(): Promise<KilledServer> {
    // Files are read at the first start alone; what they said is kept.
    const files = this.#promised.session === undefined ? [join(this.#folder, 'scenario.json')] : [];
    return KilledServer.start(join(this.#folder, 'data'), files);
  }

  async #oneLife(): Promise<void> {
    const server = await this.#start();
    await this.#check(server);
    // In the middle of what several clients ask for at once.
    let left = 1 + this.#random.below(30);
    let dead: Promise<void> | undefined;
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
    const client = async (): Promise<void> => {
      while (dead === undefined) {
        await this.#something(agent, server.url);
        left -= 1;
        if (left === 0) dead = server.kill();
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    await dead;
    agent.destroy();
    this.kills += 1;
  }

  #headers(): object {
    return { 'x-adm-auth-session': this.#promised.session ?? '', 'content-type': 'application/json' };
  }

  /** Sends one change, and records it if the response is 200. */
  async #something(agent: Agent, url: string): Promise<void> {
    const { devices, profiles, attempted } = this.#promised;
    if (this.#random.below(3) > 0) {
      const serials = [this.#freshSerial(), this.#freshSerial()];
      attempted.push(serials);
      const body = { add_devices: serials.map((serial_number) => ({ serial_number })) };
      const answer = await ask(agent, url, 'POST', '/_crabapple/actions', {}, body);
      if (answer?.status === 200) devices.push(...serials);
      return;
    }
    const chosen = devices.slice(-4);
    const body = { profile_name: 'P', url: 'https://mdm.acme.example', devices: chosen };
    const answer = await ask(agent, url, 'POST', '/profile', this.#headers(), body);
    if (answer?.status === 200)
      profiles.push({ uuid: JSON.parse(answer.text).profile_uuid, devices: chosen });
  }

  async #check(server: KilledServer): Promise<void> {
    const agent = new Agent({ keepAlive: true });
    const { devices, profiles, attempted } = this.#promised;
    for (const notice of server.notices) assert.match(notice, /of an unfinished entry; they were moved to/);

    const all = attempted.flat();
    const details = await this.#details(agent, server.url, all);
    const has = (serial: string): boolean => details[serial]?.response_status === 'SUCCESS';
    assert.deepEqual(
      devices.filter((serial) => !has(serial)),
      [],
      'devices that were added are gone',
    );
    for (const serials of attempted)
      assert.equal(new Set(serials.map(has)).size, 1, 'a request was performed in part');
    for (const { uuid } of profiles.slice(-3)) {
      const { status } = (await ask(
        agent,
        server.url,
        'GET',
        `/profile?profile_uuid=${uuid}`,
        this.#headers(),
      ))!;
      assert.equal(status, 200, 'a profile that was defined is gone');
    }
    const last = new Map(
      profiles.flatMap((profile) => profile.devices.map((device) => [device, profile.uuid])),
    );
    for (const [serial] of last) assert.notEqual(details[serial]!.profile_uuid, undefined);
    agent.destroy();
  }

  /** In the session of the life before, where there was one: sessions are kept as well. */
  async #details(
    agent: Agent,
    url: string,
    serials: readonly string[],
  ): Promise<Record<string, { response_status: string; profile_uuid?: string }>> {
    this.#promised.session ??= await this.#open(agent, url);
    const body = { devices: ['UNKNOWN', ...serials] };
    const answer = await ask(agent, url, 'POST', '/devices', this.#headers(), body);
    assert.equal(answer?.status, 200, answer?.text);
    return JSON.parse(answer!.text).devices;
  }

  async #open(agent: Agent, url: string): Promise<string> {
    const authorization = oauthHeader(oauthParameters(CREDENTIALS, { url: `${url}/session` }));
    const answer = await ask(agent, url, 'GET', '/session', { authorization });
    assert.equal(answer?.status, 200, answer?.text);
    return JSON.parse(answer!.text).auth_session_token;
  }
}

describe('a server that is killed repeatedly under load', () => {
  const LANES = 4;
  const KILLS = 25;

  it('restores every confirmed request completely, and no request partly', async function () {
    this.timeout(180_000);
    const stories = Array.from({ length: LANES }, (_, lane) => new Story(lane));
    await Promise.all(stories.map((story) => story.run(KILLS)));
    assert.equal(
      stories.reduce((sum, { kills }) => sum + kills, 0),
      100,
    );
  });
});
