import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Organization } from '../../../src/organization/organization.ts';
import type { PushChange } from '../../../src/organization/push/change.ts';
import {
  type DiscardReason,
  type Push,
  type PushFate,
  type RegistrationNumber,
  registrationOf,
  type StoredPush,
} from '../../../src/organization/push/registration.ts';
import { SCENARIO_AREAS } from '../../../src/scenario/areas.ts';
import { CATALOG } from '../../../src/services/index.ts';
import { NOW, providerOf } from '../../apns/provider.ts';
import { anyId } from './any-newest-push.ts';

const MINUTE = 60_000;

/** A registration in the readable encoding, with times in milliseconds. */
interface WantedEntry {
  online: boolean;
  token?: string | undefined;
  magic?: string | undefined;
  unregisteredAt?: number | undefined;
  stored?: StoredPush | undefined;
  lastId?: string | undefined;
  lastAt?: number | undefined;
  lastFate?: PushFate | undefined;
  lastReason?: DiscardReason | undefined;
  lastWoke?: boolean | undefined;
  countedFrom?: number | undefined;
  counted?: number | undefined;
}

const TIMES: ReadonlySet<string> = new Set(['at', 'expiresAt', 'unregisteredAt', 'lastAt', 'countedFrom']);

/** As a scenario file has it. */
function written(entry: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(entry)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        TIMES.has(name) ? new Date(value).toISOString() : typeof value === 'object' ? written(value) : value,
      ]),
  );
}

type ReadablePush = { readonly registrations: readonly { readonly of: unknown }[] };

const readablePush = (organization: Organization): ReadablePush =>
  organization.readable().push as ReadablePush;

/** The wanted readable entries, one object for each registration. */
class Model {
  readonly #entries = new Map<RegistrationNumber, WantedEntry>();

  at(registration: RegistrationNumber): WantedEntry {
    const known = this.#entries.get(registration);
    if (known !== undefined) return known;
    const entry: WantedEntry = { online: true, lastWoke: false, counted: 0 };
    this.#entries.set(registration, entry);
    return entry;
  }

  all(): ReadonlyMap<RegistrationNumber, WantedEntry> {
    return this.#entries;
  }

  note(registration: RegistrationNumber, { apnsId, at }: Push, rest: Partial<WantedEntry>): void {
    Object.assign(this.at(registration), {
      lastId: apnsId,
      lastAt: at,
      lastReason: undefined,
      lastWoke: false,
      ...rest,
    });
  }
}

type Step =
  | { readonly do: 'push'; readonly id: string; readonly wakes: boolean; readonly stored: boolean }
  | { readonly do: 'count' | 'away' | 'back' | 'unregister' | 'register' }
  | { readonly do: 'tick' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('push'), id: anyId, wakes: fc.boolean(), stored: fc.boolean() }),
  },
  fc
    .constantFrom('count', 'away', 'back', 'unregister', 'register', 'tick')
    .map((what) => ({ do: what }) as const),
) as fc.Arbitrary<Step>;

const pushOf = (id: string, at: number): Push => ({ apnsId: id, topic: 't', payload: '{}', at });

/** Applies a change to a registration, and updates the wanted entry. */
function take(
  organization: Organization,
  model: Model,
  registration: RegistrationNumber,
  taken: Exclude<Step, { do: 'tick' }>,
  at: number,
): void {
  const apply = (change: PushChange): void => organization.apply(change, at);
  const entry = model.at(registration);
  switch (taken.do) {
    case 'push': {
      const { id, wakes } = taken;
      if (!taken.stored) {
        apply({
          type: 'push_delivered',
          registration,
          push: pushOf(id, at),
          wakes,
          fromStorage: false,
          expiresAt: undefined,
        });
        model.note(registration, pushOf(id, at), { lastFate: 'delivered', lastWoke: wakes });
        break;
      }
      const stored: StoredPush = { ...pushOf(id, at), expiresAt: at + MINUTE, wakes };
      apply({ type: 'push_stored', registration, push: stored });
      model.note(registration, stored, { lastFate: 'stored', stored });
      break;
    }
    case 'back': {
      apply({ type: 'push_presence', registration, online: true });
      entry.online = true;
      const { stored } = entry;
      if (stored === undefined) break;
      apply({ type: 'push_discarded', registration, push: stored, reason: 'expired' });
      model.note(registration, stored, {
        lastFate: 'discarded',
        lastReason: 'expired',
        stored: undefined,
      });
      break;
    }
    case 'away':
      apply({ type: 'push_presence', registration, online: false });
      entry.online = false;
      break;
    case 'count': {
      apply({ type: 'push_counted', registration });
      const goesOn = entry.countedFrom !== undefined && at - entry.countedFrom < MINUTE;
      Object.assign(entry, goesOn ? { counted: entry.counted! + 1 } : { countedFrom: at, counted: 1 });
      break;
    }
    case 'unregister':
      apply({ type: 'push_unregistered', registration });
      entry.unregisteredAt = at;
      break;
    case 'register': {
      const token = organization.push.registrations.token(registration) ?? `${registration}`.repeat(64);
      apply({ type: 'push_registered', registration, token, magic: 'M' });
      Object.assign(entry, { magic: 'M', unregisteredAt: undefined });
      if (organization.push.registrations.record(registration)?.token !== undefined) entry.token = token;
      break;
    }
  }
}

const inOrder = (one: number, other: number): number =>
  one < 0 === other < 0 ? Math.abs(one) - Math.abs(other) : other - one;

describe('registrations', () => {
  it('are readable in one entry each, and reading or restoring them gives the same', async () => {
    const { organization } = await providerOf();
    const { definition, enrollment } = organization;
    const devices = [...enrollment.inventory.all()].slice(0, 40);
    const known = [
      ...[0, 1, 2, 39].map((index) => registrationOf(devices[index]!)),
      registrationOf(devices[0]!, 'user'),
      registrationOf(devices[33]!, 'user'),
      -1,
      -2,
    ];
    const nothing = readablePush(organization);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...known), step), { maxLength: 50 }), (story) => {
        organization.reset();
        assert.deepEqual(readablePush(organization), nothing);
        const model = new Model();
        let at = NOW;
        for (const token of [-1, -2]) {
          organization.apply(
            { type: 'push_registered', registration: token, token: `${-token}`.repeat(64) },
            at,
          );
          model.at(token).token = `${-token}`.repeat(64);
        }
        for (const [registration, taken] of story) {
          if (taken.do === 'tick') at += MINUTE / 2;
          else take(organization, model, registration, taken, at);
        }
        const state = organization.readable();
        const push = readablePush(organization);
        const entries = push.registrations.map(({ of: _, ...entry }) => entry);
        const wanted = [...model.all()]
          .sort(([one], [other]) => inOrder(one, other))
          .map(([, entry]) => written(entry));
        assert.deepEqual(entries, wanted);

        const read = new Organization(
          organization.id,
          { ...definition, state },
          { host: organization.host, behavior: CATALOG.behavior, areas: SCENARIO_AREAS },
        );
        assert.deepEqual(readablePush(read), push);
        const saved = organization.serialize();
        organization.reset();
        assert.deepEqual(readablePush(organization), nothing);
        organization.restore(saved);
        assert.deepEqual(readablePush(organization), push);
      }),
      { numRuns: 60 },
    );
  });
});
