import assert from 'node:assert/strict';
import fc from 'fast-check';
import { performAction } from '../../src/organization/actions.ts';
import { type SimulatedApple, simulateApple } from '../../src/simulated-apple.ts';
import { watch } from '../coverage/seen.ts';
import { FollowingClient } from './following-client.ts';
import { PROFILE_UUID } from './operations.ts';

const SERVERS = ['First', 'Second', 'Third'] as const;
const SECOND_PROFILE = 'B'.repeat(32);
const DAY = 24 * 60 * 60_000;

const SCENARIO = {
  name: 'test',
  seed: 11,
  clock: { at: '2026-03-02T08:00:00Z', rate: 0 },
  mdm_servers: SERVERS.map((server_name, index) => ({
    server_name,
    profiles: [
      {
        profile_uuid: index === 0 ? PROFILE_UUID : SECOND_PROFILE.replace(/B$/, String(index)),
        profile_name: 'P',
        url: 'https://mdm.acme.example',
      },
    ],
  })),
  devices: [
    { generate: 9 },
    { serial_number: 'LITERAL1' },
    { serial_number: 'LITERAL2', mdm_server: 'Second' },
    { generate: 4, mdm_server: 'Second' },
  ],
  behavior: { dep: { session_idle: '3650d' } },
};

type Command =
  | { readonly do: 'page'; readonly client: number; readonly limit: number }
  | { readonly do: 'restart'; readonly client: number }
  | { readonly do: 'add'; readonly server: number; readonly count: number; readonly named: boolean }
  | { readonly do: 'remove' | 'fetched' | 'return' | 'replace'; readonly device: number }
  | { readonly do: 'move'; readonly device: number; readonly more: number; readonly server: number }
  | { readonly do: 'disown' | 'assign' | 'unassign'; readonly client: number; readonly device: number }
  | { readonly do: 'advance'; readonly days: number }
  /** So many changes that the old ones are folded. */
  | { readonly do: 'fold' };

const client = fc.nat(SERVERS.length - 1);
const device = fc.nat(60);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('page' as const), client, limit: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), client }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      server: client,
      count: fc.integer({ min: 1, max: 3 }),
      named: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('remove', 'fetched', 'return', 'replace'), device }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('move' as const), device, more: fc.nat(4), server: client }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('disown', 'assign', 'unassign'), client, device }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('advance' as const), days: fc.constantFrom(0.01, 1, 5, 8) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fold' as const) }) },
);

class Story {
  readonly apple: SimulatedApple;
  readonly clients: readonly FollowingClient[];
  #named = 0;

  constructor(apple: SimulatedApple) {
    this.apple = apple;
    this.clients = SERVERS.map((_, index) => new FollowingClient(apple, index));
  }

  get #organization() {
    return this.apple.tenants.default.organization;
  }

  /** Serial numbers of all devices that there ever were, or of those of one MDM server. */
  serials(fits: (server: number) => boolean = () => true): string[] {
    const { inventory } = this.#organization.enrollment;
    return [...inventory.all()]
      .filter((ref) => fits(inventory.serverOf(ref)))
      .map((ref) => inventory.facts(ref).serial_number);
  }

  #pick(serials: readonly string[], index: number, count = 1): string[] {
    const start = serials.length === 0 ? 0 : index % serials.length;
    return serials.slice(start, start + count);
  }

  #freshName(): string {
    this.#named += 1;
    return `NAMED${this.#named}`;
  }

  async run(command: Command): Promise<void> {
    const organization = this.#organization;
    switch (command.do) {
      case 'page':
        await this.clients[command.client]!.page(command.limit);
        return;
      case 'restart':
        this.clients[command.client]!.restart();
        return;
      case 'add': {
        const mdm_server = SERVERS[command.server]!;
        const named = Array.from({ length: command.count }, () => ({
          serial_number: this.#freshName(),
          mdm_server,
        }));
        performAction(organization, {
          add_devices: command.named ? named : [{ generate: command.count, mdm_server }],
        });
        return;
      }
      case 'remove': {
        const devices = this.#pick(
          this.serials((server) => server >= 0),
          command.device,
          2,
        );
        if (devices.length > 0) performAction(organization, { remove_devices: devices });
        return;
      }
      case 'return': {
        const [gone] = this.#pick(
          this.serials((server) => server === -1),
          command.device,
        );
        if (gone !== undefined) performAction(organization, { add_devices: [{ serial_number: gone }] });
        return;
      }
      case 'fetched': {
        const { inventory } = organization.enrollment;
        const ready = this.serials((server) => server >= 0).filter((serial) =>
          ['assigned', 'pushed'].includes(inventory.state(inventory.find(serial)!).profileStatus),
        );
        const devices = this.#pick(ready, command.device);
        if (devices.length > 0) performAction(organization, { mark_profile_fetched: devices });
        return;
      }
      case 'replace': {
        const [old] = this.#pick(
          this.serials((server) => server >= 0),
          command.device,
        );
        if (old === undefined) return;
        const replacement = { serial_number: this.#freshName() };
        performAction(organization, { replace_devices: [{ device: old, replacement }] });
        return;
      }
      case 'move': {
        const devices = this.#pick(
          this.serials((server) => server !== -2),
          command.device,
          command.more + 1,
        );
        const mdm_server = SERVERS[command.server]!;
        if (devices.length > 0) performAction(organization, { move_devices: { devices, mdm_server } });
        return;
      }
      case 'disown':
      case 'assign':
      case 'unassign': {
        // Of other MDM servers too: those must not be touched.
        const devices = this.#pick(this.serials(), command.device, 3);
        const client = this.clients[command.client]!;
        const profile_uuid = SCENARIO.mdm_servers[command.client]!.profiles[0]!.profile_uuid;
        if (command.do === 'disown')
          await client.call('POST', '/devices/disown', { devices: devices.slice(0, 1) });
        else if (command.do === 'assign')
          await client.call('PUT', '/profile/devices', { profile_uuid, devices });
        else await client.call('DELETE', '/profile/devices', { devices });
        return;
      }
      case 'advance':
        organization.runtime.clock.advance(command.days * DAY);
        return;
      case 'fold':
        for (let change = 0; change < 256; change += 1) organization.apply({ type: 'terms_accepted' });
    }
  }

  /** What Apple says that an MDM server has, by another way than pages. */
  truth(server: number): Map<string, object> {
    const { inventory, profiles } = this.#organization.enrollment;
    return new Map(
      this.serials((owner) => owner === server).map((serial) => {
        const { profileStatus, profile } = inventory.state(inventory.find(serial)!);
        return [serial, { status: profileStatus, profile: profiles.get(profile)?.profileUuid }];
      }),
    );
  }
}

const sorted = (devices: ReadonlyMap<string, object>) => [...devices].sort(([a], [b]) => (a < b ? -1 : 1));

describe('however pages and changes interleave', () => {
  it('no device is lost, doubled or out of date for a client that follows', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 60 }), async (commands) => {
        const apple = await simulateApple(SCENARIO);
        watch(apple);
        const story = new Story(apple);
        for (const each of story.clients) await each.open();
        for (const each of commands) await story.run(each);
        const owned: string[] = [];
        for (const [server, each] of story.clients.entries()) {
          await each.toTheEnd();
          assert.deepEqual(sorted(each.devices), sorted(story.truth(server)));
          const fresh = new FollowingClient(apple, server);
          await fresh.open();
          await fresh.toTheEnd();
          assert.deepEqual(sorted(fresh.devices), sorted(story.truth(server)));
          owned.push(...each.devices.keys());
        }
        assert.equal(new Set(owned).size, owned.length, 'a device has two MDM servers');
      }),
      { numRuns: 150, seed: 42 },
    );
  });
});
