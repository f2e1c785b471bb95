import fc from 'fast-check';
import type { Tenant } from '../../src/engine/tenant.ts';
import { performAction } from '../../src/organization/actions.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { registrationOf } from '../../src/organization/push/registration.ts';
import { parseAction, parseFault } from '../../src/scenario/parse.ts';
import { CATALOG } from '../../src/services/index.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { oauthHeader, oauthParameters } from '../dep/mdm.ts';
import { requestOf, textOf } from '../dep/requests.ts';

/** Real time stands still in these tests: what a test does again is done at the same time. */
export const WALL = Date.parse('2026-11-20T10:00:00Z');

export const SCENARIO = {
  name: 'snapshots',
  seed: 5,
  clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
  mdm_servers: [
    { server_name: 'First', profiles: [{ profile_name: 'P', url: 'https://mdm.acme.example' }] },
    { server_name: 'Second' },
  ],
  devices: [
    { generate: 7, device_family: 'iPhone' },
    { serial_number: 'LITERAL1', push_token: 'ab12' },
    { serial_number: 'LITERAL2', mdm_server: 'Second', offline: true },
    { generate: 3, mdm_server: 'Second' },
  ],
  timeline: [
    {
      after: { operation: 'dep.profile.assign', times: 2 },
      add_devices: [{ generate: 2, device_family: 'Mac' }],
    },
    { after: '3d', add_devices: [{ serial_number: 'TIMELINE1' }] },
  ],
  locations: [
    {
      name: 'Headquarters',
      assets: [
        { adam_id: '1001', total: 4 },
        { adam_id: '1002', total: 1 },
      ],
      users: [
        { client_user_id: 'u0' },
        { client_user_id: 'u1', status: 'Associated', email: 'u1@acme.example' },
      ],
      subscriptions: [{ adam_id: 2001 }],
    },
  ],
  behavior: {
    dep: { session_rotation: 7, throttle: '12h', throttled_in_sync: 'hidden', requests_per_minute: 40 },
    vpp: { rate_limit: 'enforced', max_requests_per_second: 1_000_000 },
  },
};

/** One thing that happens; the numbers pick among what there is. */
export interface Step {
  readonly do: (typeof KINDS)[number];
  readonly one: number;
  readonly other: number;
}

/** What a step may do; what stands twice is done more often. */
export const KINDS = [
  'session',
  'session',
  'fetch',
  'sync',
  'sync',
  'details',
  'account',
  'define',
  'assign',
  'assign',
  'unassign',
  'disown',
  'lock',
  'discovery',
  'push',
  'push',
  'offline',
  'online',
  'rotate',
  'unregister',
  'channel',
  'add',
  'addMany',
  'remove',
  'move',
  'replace',
  'throttle',
  'fetched',
  'terms',
  'renew',
  'fault',
  'advance',
  'register',
  'associate',
  'associate',
  'disassociate',
  'revoke',
  'createUser',
  'retireUser',
  'accept',
  'buy',
  'seats',
  'configure',
  'contentToken',
  'content',
  'content',
  'again',
] as const;

export const steps = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ do: fc.constantFrom(...KINDS), one: fc.nat(200), other: fc.nat(200) }), {
    maxLength,
    size: 'max',
  });

/** What a client of ours remembers from one call to the next. */
interface Memory {
  session: string;
  cursor: string | undefined;
  syncing: boolean;
  nonces: number;
  versions: (readonly (string | undefined)[])[];
  named: number;
}

const FAULTS = [
  { on: 'dep.devices.*', answer: 'T_C_NOT_SIGNED', times: 2 },
  { on: 'dep.account', answer: { status: 503 }, nth: 3 },
  { on: 'dep.*', answer: { status: 502, body: 'bad' }, probability: 0.3, times: 4 },
  { on: 'apns.push', answer: 'TooManyRequests', until: '2d', probability: 0.5 },
];

const DAY = 24 * 60 * 60_000;

/** An MDM and a portal before one organization, without a transport. */
export class Traffic {
  readonly apple: SimulatedApple;
  readonly tenant: Tenant;
  memory: Memory = { session: '', cursor: undefined, syncing: false, nonces: 0, versions: [], named: 0 };

  constructor(apple: SimulatedApple, tenant: Tenant = apple.tenants.default) {
    this.apple = apple;
    this.tenant = tenant;
  }

  static async start(scenario: object = SCENARIO): Promise<Traffic> {
    const { nodeHost } = await import('../../src/transports/node-host.ts');
    return new Traffic(await simulateApple(scenario, { host: { ...nodeHost, wall: () => WALL } }));
  }

  get #organization() {
    return this.tenant.organization;
  }

  #serials(): string[] {
    const { inventory } = this.#organization.enrollment;
    return [...inventory.all()].map((ref) => inventory.serialNumber(ref));
  }

  #profileUuid(index: number): string {
    const profiles = this.#organization.enrollment.profiles.all();
    return profiles[index % profiles.length]!.profileUuid;
  }

  /** A device that can fetch a profile, where there is one. */
  #assigned(index: number): string {
    const { inventory } = this.#organization.enrollment;
    const assigned = this.#serials().filter(
      (serial) => inventory.state(inventory.find(serial)!).profileStatus === 'assigned',
    );
    return assigned[index % assigned.length] ?? this.#serial(index);
  }

  #serial(index: number): string {
    const serials = this.#serials();
    return serials[index % serials.length]!;
  }

  /** Status, header fields and body, as they would stand on the wire. */
  async ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
    query = '',
  ): Promise<string> {
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
    const outcome = await this.apple.handle(requestOf(method, path, { headers, body: bytes, query }));
    if (outcome.kind !== 'response') return outcome.kind;
    return JSON.stringify([outcome.status, outcome.headers, textOf(outcome)]);
  }

  async #dep(method: string, path: string, body?: unknown): Promise<string> {
    const headers = {
      'x-adm-auth-session': this.memory.session,
      'user-agent': 'test',
      'x-server-protocol-version': '10',
    };
    const answer = await this.ask(method, path, headers, body);
    const rotated = /"x-adm-auth-session":"([^"]+)"/.exec(answer)?.[1];
    if (rotated !== undefined) this.memory.session = rotated;
    return answer;
  }

  async #session(server: number): Promise<string> {
    const { servers } = this.#organization.enrollment;
    const credentials = currentToken(servers[server % servers.length]!);
    this.memory.nonces += 1;
    const authorization = oauthHeader(
      oauthParameters(credentials, {
        url: 'http://apple.test/session',
        nonce: `n${this.memory.nonces}`,
        timestamp: Math.floor(WALL / 1000),
      }),
    );
    const answer = await this.ask('GET', '/session', { authorization, 'user-agent': 'test' });
    this.memory.session = /auth_session_token\\":\\"([^\\]+)/.exec(answer)?.[1] ?? this.memory.session;
    return answer;
  }

  async #page(): Promise<string> {
    const { memory } = this;
    const path = memory.syncing ? '/devices/sync' : '/server/devices';
    const answer = await this.#dep('POST', path, { limit: 4, cursor: memory.cursor });
    memory.cursor = /\\"cursor\\":\\"([^\\]+)/.exec(answer)?.[1] ?? memory.cursor;
    if (/more_to_follow\\":false/.test(answer)) memory.syncing = true;
    return answer;
  }

  /** What the portal says about it. */
  async #act(action: object): Promise<string> {
    try {
      return JSON.stringify(performAction(this.#organization, await parseAction(action)));
    } catch (error) {
      return String(error);
    }
  }

  #push(one: number, other: number): Promise<string> {
    const { enrollment, push } = this.#organization;
    const refs = [...enrollment.inventory.all()];
    const registration = registrationOf(refs[one % refs.length]!);
    const mdm = other % 3 === 0 ? 'wrong' : push.registrations.magic(registration);
    const headers = { 'apns-topic': push.topic, ...(other % 4 === 0 ? { 'apns-expiration': '0' } : {}) };
    return this.ask('POST', `/3/device/${push.registrations.token(registration)}`, headers, { mdm });
  }

  async #content(method: string, path: string, body?: unknown): Promise<string> {
    const { content, account } = this.#organization;
    const bearer = contentTokenFile(content.locations[0]!.tokens.at(-1)!, account.org_name);
    const [pathname = '', query = ''] = path.split('?');
    return this.ask(
      method,
      `/mdm/v2${pathname}`,
      { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body,
      query,
    );
  }

  /** The versions that a client saw are where it goes on from. */
  async #everyContent(since: number): Promise<string> {
    const views = ['/assets', '/users', '/assignments', '/subscriptions', '/client/config'];
    const answers: string[] = [];
    for (const view of views) answers.push(await this.#content('GET', view));
    for (const [eventId] of this.#organization.content.locations[0]!.events)
      answers.push(await this.#content('GET', `/status?eventId=${eventId}`));
    const versions = answers.map((answer) => /\\"versionId\\":\\"([^\\]+)/.exec(answer)?.[1]);
    this.memory.versions[0] ??= versions;
    const [seen = versions] = this.memory.versions;
    answers.push(await this.#content('GET', `/users?sinceVersionId=${seen[1]}`));
    answers.push(await this.#content('GET', `/assignments?sinceVersionId=${seen[2]}`));
    if (since % 5 === 0) this.memory.versions[0] = versions;
    return answers.join('\n');
  }

  async #fault(one: number): Promise<string> {
    try {
      return (await this.tenant.faults.add(await parseFault(FAULTS[one % FAULTS.length]!, CATALOG))).id;
    } catch (error) {
      return String(error);
    }
  }

  /** @returns what came of it, to be compared */
  async step({ do: kind, one, other }: Step): Promise<string> {
    const { memory } = this;
    switch (kind) {
      case 'session':
        return this.#session(one);
      case 'fetch':
        memory.syncing = false;
        if (one % 3 === 0) memory.cursor = undefined;
        return this.#page();
      case 'sync':
        return this.#page();
      case 'again':
        return this.ask('GET', '/nowhere');
      case 'details':
        return this.#dep('POST', '/devices', { devices: this.#serials() });
      case 'account':
        return this.#dep('GET', '/account');
      case 'define':
        return this.#dep('POST', '/profile', {
          profile_name: `Profile ${one}`,
          url: 'https://mdm.acme.example',
          devices: [this.#serial(one)],
        });
      case 'assign':
        return this.#dep('PUT', '/profile/devices', {
          profile_uuid: this.#profileUuid(one),
          devices: [this.#serial(one), this.#serial(other)],
        });
      case 'unassign':
        return this.#dep('DELETE', '/profile/devices', { devices: [this.#serial(one)] });
      case 'disown':
        return this.#dep('POST', '/devices/disown', { devices: [this.#serial(one)] });
      case 'lock':
        return this.#dep('POST', '/device/activationlock', { device: this.#serial(one) });
      case 'discovery':
        return this.#dep('POST', '/account-driven-enrollment/profile', {
          mdm_service_discovery_url: `https://mdm.acme.example/${one}`,
        });
      case 'push':
        return this.#push(one, other);
      case 'offline':
        return this.#act({ take_offline: [this.#serial(one)] });
      case 'online':
        return this.#act({ bring_online: [this.#serial(one)] });
      case 'rotate':
        return this.#act({ rotate_push_tokens: [this.#serial(one)] });
      case 'unregister':
        return this.#act({ unregister_push: [this.#serial(one)] });
      case 'channel': {
        const { topic } = this.#organization.push;
        return this.ask(
          'POST',
          `/1/apps/${topic}/channels`,
          {},
          { 'message-storage-policy': 0, 'push-type': 'LiveActivity' },
        );
      }
      case 'add':
        memory.named += 1;
        return this.#act({ add_devices: [{ serial_number: `NAMED${memory.named}` }] });
      case 'addMany':
        return this.#act({ add_devices: [{ generate: 3, device_family: 'iPad' }] });
      case 'remove':
        return this.#act({ remove_devices: [this.#serial(one)] });
      case 'move':
        return this.#act({
          move_devices: { devices: [this.#serial(one)], mdm_server: other % 2 === 0 ? 'First' : 'Second' },
        });
      case 'replace':
        memory.named += 1;
        return this.#act({
          replace_devices: [
            { device: this.#serial(one), replacement: { serial_number: `NAMED${memory.named}` } },
          ],
        });
      case 'throttle':
        return this.#act({ throttle_devices: { devices: [this.#serial(one)] } });
      case 'fetched':
        return this.#act({ mark_profile_fetched: [this.#assigned(one)] });
      case 'terms':
        return this.#act(one % 3 === 0 ? { expire_terms: true } : { accept_terms: true });
      case 'renew':
        return this.#act({ renew_server_token: { mdm_server: one % 2 === 0 ? 'First' : 'Second' } });
      case 'fault':
        return this.#fault(one);
      case 'register':
        return this.#act({
          register_push: [
            { push_token: `cafe${String(one).padStart(4, '0')}`, push_topic: 'com.example.app' },
          ],
        });
      case 'associate':
      case 'disassociate':
        return this.#content('POST', `/assets/${kind}`, {
          assets: [{ adamId: one % 3 === 0 ? '1002' : '1001', pricingParam: 'STDQ' }],
          ...(one % 2 === 0
            ? { serialNumbers: [this.#serial(other)] }
            : { clientUserIds: [`u${other % 4}`] }),
        });
      case 'revoke':
        return this.#content('POST', '/assets/revoke', { clientUserIds: [`u${one % 4}`] });
      case 'createUser':
        return this.#content('POST', '/users/create', { users: [{ clientUserId: `u${one % 4}` }] });
      case 'retireUser':
        return this.#content('POST', '/users/retire', { users: [{ clientUserId: `u${one % 4}` }] });
      case 'accept':
        return this.#act({ accept_invitation: { client_user_id: `u${one % 4}` } });
      case 'buy':
        return this.#act({ buy: { adam_id: one % 2 === 0 ? '1001' : '1003', count: 2 } });
      case 'seats':
        return this.#content('POST', '/subscriptions/associate', {
          clientUserIds: [`u${one % 4}`],
          adamIds: [2001],
          renewing: true,
        });
      case 'configure':
        return this.#content('POST', '/client/config', {
          mdmInfo: { id: `mdm${one}`, name: 'Acme', metadata: 'x' },
        });
      case 'contentToken':
        return this.#act({ renew_content_token: true });
      case 'content':
        return this.#everyContent(one);
      case 'advance':
        this.#organization.runtime.clock.advance((one % 5) * (DAY / 3));
        return '';
    }
  }

  async run(all: readonly Step[]): Promise<readonly string[]> {
    const answers: string[] = [];
    for (const step of all) answers.push(await this.step(step));
    return answers;
  }

  /** What a client can find out about everything, without a trace that matters. */
  async look(): Promise<readonly string[]> {
    const views: Step['do'][] = ['session', 'account', 'details', 'fetch', 'sync', 'sync', 'sync', 'content'];
    return this.run(views.map((each) => ({ do: each, one: 0, other: 0 })));
  }
}
