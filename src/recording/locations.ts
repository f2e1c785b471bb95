import type { Pseudonyms } from './pseudonyms.ts';
import { isRecord, type Members, recordsIn, type SeenExchange, textsIn } from './seen-exchange.ts';
import { type Written, written } from './written-fields.ts';

const MOST_LOCATIONS = 1000;
/** Of each kind and location. */
const MOST_KEPT = 100_000;

interface Asset {
  readonly adam_id: string;
  readonly pricing_param: string;
  readonly facts: Written;
  /** Who has a license, as it was first seen. */
  readonly users: Set<string>;
  readonly devices: Set<string>;
}

interface Seen {
  config: Written;
  readonly assets: Map<string, Asset>;
  readonly users: Map<string, Written>;
  /** What the MDM itself did while it was recorded, and what is therefore nothing that a beginning has. */
  readonly registered: Set<string>;
  readonly assigned: Set<string>;
}

const SERIAL_NUMBER = /^[0-9A-Z]{1,32}$/;

const nothingSeen = (): Seen => ({
  config: {},
  assets: new Map(),
  users: new Map(),
  registered: new Set(),
  assigned: new Set(),
});

const keyOf = (adamId: unknown, pricingParam: unknown): string => `${adamId} ${pricingParam ?? 'STDQ'}`;

/** Locations of Apps and Books with what was seen of their inventories, replaced while it comes in. */
export class RecordedLocations {
  readonly #pseudonyms: Pseudonyms;
  /** By the library id, or by the content token before any answer told that. */
  readonly #seen = new Map<string, Seen>();
  readonly #libraries = new Map<string, string>();

  constructor(pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
  }

  get size(): number {
    return this.#seen.size;
  }

  observe({ operation, asked, answered, headers = {} }: SeenExchange): void {
    if (!operation.startsWith('vpp.') || !isRecord(answered)) return;
    const location = this.#locationOf(isRecord(asked) ? asked.sToken : undefined, headers, answered);
    if (location === undefined) return;
    switch (operation) {
      case 'vpp.client_config':
      case 'vpp.client_config.set':
        location.config = { ...location.config, ...written('client_config', answered, this.#pseudonyms) };
        break;
      case 'vpp.assets':
      case 'vpp.v1.assets':
        for (const asset of recordsIn(answered.assets)) this.#seeAsset(location, asset);
        break;
      case 'vpp.users':
        for (const user of recordsIn(answered.users)) this.#seeUser(location, 'user', user);
        break;
      case 'vpp.v1.users':
        for (const user of recordsIn(answered.users)) this.#seeUser(location, 'legacy_user', user);
        break;
      case 'vpp.assignments':
      case 'vpp.v1.assignments':
        for (const assignment of recordsIn(answered.assignments)) this.#seeAssignment(location, assignment);
        break;
      default:
        if (isRecord(asked)) this.#seeWrite(location, operation, asked);
    }
  }

  #locationOf(
    legacyToken: unknown,
    { authorization = '' }: NonNullable<SeenExchange['headers']>,
    { uId }: Members,
  ): Seen | undefined {
    const token = typeof legacyToken === 'string' ? legacyToken : authorization.replace(/^Bearer\s+/i, '');
    if (token === '') return undefined;
    if (typeof uId === 'string') this.#libraries.set(token, uId);
    const key = this.#libraries.get(token) ?? token;
    const known = this.#seen.get(key);
    if (known !== undefined || this.#seen.size >= MOST_LOCATIONS) return known;
    const location = nothingSeen();
    this.#seen.set(key, location);
    return location;
  }

  #seeAsset({ assets }: Seen, record: Members): void {
    const {
      adamId,
      adamIdStr = adamId,
      pricingParam = 'STDQ',
      ...facts
    } = written('asset', record, this.#pseudonyms);
    if (typeof adamIdStr !== 'string' || assets.size >= MOST_KEPT) return;
    const key = keyOf(adamIdStr, pricingParam);
    if (assets.has(key)) return;
    assets.set(key, {
      adam_id: adamIdStr,
      pricing_param: pricingParam as string,
      facts,
      users: new Set(),
      devices: new Set(),
    });
  }

  #seeUser({ users, registered }: Seen, group: 'user' | 'legacy_user', record: Members): void {
    const {
      clientUserId,
      clientUserIdStr = clientUserId,
      email,
      status,
    } = written(group, record, this.#pseudonyms);
    if (typeof clientUserIdStr !== 'string' || users.size >= MOST_KEPT) return;
    if (users.has(clientUserIdStr) || registered.has(clientUserIdStr)) return;
    users.set(clientUserIdStr, {
      client_user_id: clientUserIdStr,
      ...(email === undefined ? {} : { email }),
      ...(status === undefined ? {} : { status }),
    });
  }

  #seeAssignment({ assets, assigned }: Seen, record: Members): void {
    const seen = written('assignment', record, this.#pseudonyms);
    const {
      adamId,
      adamIdStr = adamId,
      clientUserId,
      clientUserIdStr: user = clientUserId,
      serialNumber,
    } = seen;
    const key = keyOf(adamIdStr, seen.pricingParam);
    const asset = assets.get(key);
    const holder = serialNumber ?? user;
    if (asset === undefined || typeof holder !== 'string' || assigned.has(`${key} ${holder}`)) return;
    if (holder === serialNumber && !SERIAL_NUMBER.test(holder)) return;
    const holders = serialNumber === undefined ? asset.users : asset.devices;
    if (holders.size < MOST_KEPT) holders.add(holder);
  }

  /** Users and assignments that the MDM makes itself it will make again. */
  #seeWrite({ users, registered, assigned }: Seen, operation: string, asked: Members): void {
    if (operation === 'vpp.users.create' || operation === 'vpp.v1.user.register') {
      for (const { clientUserId, clientUserIdStr = clientUserId } of [asked, ...recordsIn(asked.users)]) {
        if (typeof clientUserIdStr !== 'string') continue;
        const id = this.#pseudonyms.of('client_user_id', clientUserIdStr);
        if (!users.has(id) && registered.size < MOST_KEPT) registered.add(id);
      }
    }
    if (operation !== 'vpp.assets.associate' && operation !== 'vpp.v1.licenses.manage') return;
    const holders = [
      ...[...textsIn(asked.clientUserIds), ...textsIn(asked.associateClientUserIdStrs)].map((user) =>
        this.#pseudonyms.of('client_user_id', user),
      ),
      ...[...textsIn(asked.serialNumbers), ...textsIn(asked.associateSerialNumbers)].map((serial) =>
        this.#pseudonyms.of('serial_number', serial),
      ),
    ];
    const assets = operation === 'vpp.assets.associate' ? recordsIn(asked.assets) : [asked];
    for (const { adamId, adamIdStr = adamId, pricingParam } of assets)
      for (const holder of holders)
        if (assigned.size < MOST_KEPT) assigned.add(`${keyOf(adamIdStr, pricingParam)} ${holder}`);
  }

  /** As a scenario file has them; nothing where none was seen. */
  get locations(): readonly object[] {
    return [...this.#seen.values()].map((seen, index) => locationOf(seen, index));
  }
}

function locationOf({ config, assets, users }: Seen, index: number): object {
  const { locationName, countryISO2ACode: country, defaultPlatform: platform } = config;
  const listed = [...assets.values()];
  const active = (user: string): boolean =>
    users.has(user) && (users.get(user) as { status?: string }).status !== 'Retired';
  const assignments = listed.flatMap(({ adam_id, pricing_param, users: holders, devices, facts }) => {
    const client_user_ids = [...holders].filter(active);
    const serial_numbers = facts.deviceAssignable === false ? [] : [...devices];
    return client_user_ids.length + serial_numbers.length === 0
      ? []
      : [{ adam_id, pricing_param, client_user_ids, serial_numbers }];
  });
  return {
    // Two locations may have one name; their files may not.
    name: index === 0 ? (locationName ?? 'Location') : `${locationName ?? 'Location'} (${index + 1})`,
    ...(country === undefined ? {} : { country }),
    ...(platform === undefined ? {} : { platform }),
    ...(listed.length === 0 ? {} : { assets: listed.map(assetOf) }),
    ...(users.size === 0 ? {} : { users: [...users.values()] }),
    ...(assignments.length === 0 ? {} : { assignments }),
  };
}

function assetOf({ adam_id, pricing_param, facts, users, devices }: Asset): object {
  const { productType, totalCount, retiredCount, deviceAssignable, supportedPlatforms } = facts;
  const { isIrrevocable, revocable = typeof isIrrevocable === 'boolean' ? !isIrrevocable : undefined } =
    facts;
  const held = users.size + devices.size;
  const members = {
    adam_id,
    pricing_param,
    product_type: productType,
    // Others than those that were seen may have come and gone meanwhile.
    total: typeof totalCount === 'number' ? Math.max(totalCount, held) : Math.max(100, held),
    retired: retiredCount,
    device_assignable: deviceAssignable,
    revocable,
    platforms: supportedPlatforms,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
