import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DeviceItem, OrganizationDefinition } from '../../../src/organization/definition.ts';
import { DISOWNED, NO_SERVER } from '../../../src/organization/inventory/device-columns.ts';
import type { DeviceRef } from '../../../src/organization/inventory/serial-numbers.ts';
import { Organization } from '../../../src/organization/organization.ts';
import { CATALOG } from '../../../src/services/index.ts';

const definition = (devices: readonly DeviceItem[]): OrganizationDefinition => ({
  name: 'test',
  seed: '1',
  clock: { at: 1_800_000_000_000, rate: 0 },
  account: {},
  terms: 'accepted',
  accountDrivenEnrollment: true,
  activationLock: true,
  depsim: false,
  mdmServers: [{ server_name: 'first' }, { server_name: 'second' }],
  devices,
  behavior: {},
});

type Step =
  | { readonly does: 'add'; readonly server: number; readonly count: number; readonly named: boolean }
  | { readonly does: 'move'; readonly server: number; readonly picks: readonly number[] }
  | { readonly does: 'remove' | 'disown'; readonly picks: readonly number[] };

const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 5 });
const server = fc.nat({ max: 1 });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    does: fc.constant('add' as const),
    server,
    count: fc.integer({ min: 1, max: 40 }),
    named: fc.boolean(),
  }),
  fc.record({ does: fc.constant('move' as const), server, picks }),
  fc.record({ does: fc.constantFrom('remove' as const, 'disown' as const), picks }),
);

/** An organization, and beside it what a simple list of devices says. */
class Twin {
  readonly organization = new Organization(
    'test',
    definition([{ generate: 30 }, { generate: 5, mdm_server: 'second' }]),
    { behavior: CATALOG.behavior },
  );
  readonly servers = new Map<DeviceRef, number>();
  #named = 0;

  constructor() {
    this.#take();
  }

  get inventory() {
    return this.organization.enrollment.inventory;
  }

  /** Devices that the inventory has got and the list has not. */
  #take(): void {
    for (const device of this.inventory.all()) {
      if (!this.servers.has(device)) this.servers.set(device, this.inventory.serverOf(device));
    }
  }

  perform(step: Step): void {
    if (step.does === 'add') {
      const before = this.servers.size;
      this.organization.apply({ type: 'devices_added', server: step.server, devices: this.#items(step) });
      this.#take();
      assert.equal(this.servers.size, before + step.count);
      return;
    }
    const all = [...this.servers.keys()];
    const devices = [...new Set(step.picks.map((pick) => all[pick % all.length]!))];
    if (step.does === 'move') {
      this.organization.apply({ type: 'devices_moved', server: step.server, devices });
    } else {
      this.organization.apply({
        type: step.does === 'remove' ? 'devices_removed' : 'devices_disowned',
        devices,
      });
    }
    const now = step.does === 'move' ? step.server : step.does === 'remove' ? NO_SERVER : DISOWNED;
    for (const device of devices) this.servers.set(device, now);
  }

  #items({ count, named }: Extract<Step, { does: 'add' }>): readonly DeviceItem[] {
    if (!named) return [{ generate: count }];
    return Array.from({ length: count }, () => {
      this.#named += 1;
      return { serial_number: `NAMED${this.#named}` };
    });
  }

  members(of: number): readonly DeviceRef[] {
    return [...this.servers].filter(([, now]) => now === of).map(([device]) => device);
  }

  /** The pages of a walk over an MDM server; between them something may happen. */
  walk(of: number, limit: number, between: () => void): readonly DeviceRef[] {
    const startedAt = this.organization.enrollment.lastEvent;
    const found: DeviceRef[] = [];
    for (let next: DeviceRef | undefined = 0; next !== undefined; ) {
      const page = this.inventory.walk(of, next, limit, startedAt);
      assert.ok(page.devices.length <= limit);
      found.push(...page.devices);
      next = page.next;
      between();
    }
    return found;
  }
}

describe('an inventory', () => {
  it('walks over each device of an MDM server once, in the order in which they were added', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 25 }), fc.integer({ min: 1, max: 50 }), (steps, limit) => {
        const twin = new Twin();
        for (const step of steps) twin.perform(step);
        for (const of of [0, 1])
          assert.deepEqual(
            twin.walk(of, limit, () => {}),
            twin.members(of),
          );
        assert.equal(twin.inventory.deviceCount, twin.servers.size);
      }),
    );
  });

  it('loses and repeats no device that stays, whatever changes during a walk', () => {
    fc.assert(
      fc.property(
        fc.array(anyStep, { maxLength: 10 }),
        fc.array(anyStep, { maxLength: 10 }),
        fc.integer({ min: 1, max: 20 }),
        (before, during, limit) => {
          const twin = new Twin();
          for (const step of before) twin.perform(step);
          const atStart = new Set(twin.members(0));
          const moved = new Set<DeviceRef>();
          const left = [...during];
          const found = twin.walk(0, limit, () => {
            const step = left.shift();
            if (step === undefined) return;
            const held = new Map(twin.servers);
            twin.perform(step);
            for (const [device, now] of twin.servers) if (held.get(device) !== now) moved.add(device);
          });
          assert.equal(new Set(found).size, found.length);
          for (const device of found) assert.ok(atStart.has(device));
          for (const device of atStart) if (!moved.has(device)) assert.ok(found.includes(device));
        },
      ),
    );
  });

  it('finds every device by its serial number after moves and removals', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 15 }), (steps) => {
        const twin = new Twin();
        for (const step of steps) twin.perform(step);
        const serials = new Set<string>();
        for (const [device, now] of twin.servers) {
          const { serial_number } = twin.inventory.facts(device);
          assert.equal(twin.inventory.find(serial_number), device);
          assert.equal(twin.inventory.serverOf(device), now);
          serials.add(serial_number);
        }
        assert.equal(serials.size, twin.servers.size);
      }),
      { numRuns: 50 },
    );
  });

  it('gives two organizations of one file the same devices', () => {
    const file = definition([
      { generate: 100 },
      { serial_number: 'C02NAMED0001' },
      { generate: 100, device_family: 'iPad' },
    ]);
    const [one, two] = ['one', 'two'].map((id) => {
      const { inventory } = new Organization(id, file).enrollment;
      return [...inventory.all()].map((device) => ({
        ...inventory.facts(device),
        ...inventory.identifiers(device),
      }));
    });
    assert.deepEqual(one, two);
    assert.equal(one?.length, 201);
  });

  it('gives no two devices the same identifiers, named ones included', () => {
    const { inventory } = new Organization(
      'test',
      definition([
        { generate: 300, device_family: 'iPhone' },
        ...Array.from({ length: 300 }, (_, index) => ({
          serial_number: `NAMED${index}`,
          device_family: 'iPhone' as const,
        })),
        { generate: 300, model: 'Mac mini' },
      ]),
    ).enrollment;
    const all = [...inventory.all()].flatMap((device) =>
      ['imei', 'eid', 'wifi_mac_address', 'ethernet_mac_address'].flatMap(
        (name) => inventory.identifiers(device)[name as 'imei'] ?? [],
      ),
    );
    assert.equal(all.length, 600 * 4 + 300 * 2);
    assert.equal(new Set(all).size, all.length);
  });

  it('gives a named device the same facts, whatever devices are before it', () => {
    const named = { serial_number: 'C02NAMED0001' };
    const [alone, last] = [[named], [{ serial_number: 'C02OTHER0001' }, { generate: 3 }, named]].map(
      (devices) => {
        const { inventory } = new Organization('test', definition(devices)).enrollment;
        return inventory.facts(inventory.find(named.serial_number)!);
      },
    );
    assert.deepEqual(alone, last);
  });

  it('uses the facts of a named device in the file, and derives the others from the seed', () => {
    const { inventory } = new Organization(
      'test',
      definition([
        { serial_number: 'C02NAMED0001', device_family: 'Mac', color: 'PLAID', imei: ['350000000000006'] },
      ]),
    ).enrollment;
    const device = inventory.find('C02NAMED0001')!;
    const facts = inventory.facts(device);
    assert.deepEqual(
      [facts.device_family, facts.os, facts.color, facts.asset_tag],
      ['Mac', 'OSX', 'PLAID', undefined],
    );
    assert.notEqual(facts.model, '');
    assert.deepEqual(inventory.identifiers(device).imei, ['350000000000006']);
    assert.match(inventory.identifiers(device).wifi_mac_address ?? '', /^..(:..){5}$/);
  });
});
