import { type Anonymized, anonymized, type Pseudonyms } from './anonymize.ts';
import { isRecord, type Members, type RecordedExchange, recordsIn, stringsIn } from './exchange.ts';

const MAX_LOCATIONS = 1000;
/** Assets, users and so on of one location. */
const MAX_RECORDS = 100_000;

interface Asset {
  readonly adam_id: string;
  readonly pricing_param: string;
  readonly facts: Anonymized;
  /** Users and devices with a license, in the state of the first exchange. */
  readonly users: Set<string>;
  readonly devices: Set<string>;
}

interface RecordedLocation {
  config: Anonymized;
  readonly assets: Map<string, Asset>;
  readonly users: Map<string, Anonymized>;
  /** What the MDM did during the recording, which is not part of the initial state. */
  readonly registered: Set<string>;
  readonly assigned: Set<string>;
}

const SERIAL_NUMBER = /^[0-9A-Z]{1,32}$/;

const emptyLocation = (): RecordedLocation => ({
  config: {},
  assets: new Map(),
  users: new Map(),
  registered: new Set(),
  assigned: new Set(),
});

const keyOf = (adamId: unknown, pricingParam: unknown): string => `${adamId} ${pricingParam ?? 'STDQ'}`;

/** Locations of Apps and Books with their assets, users and assignments. Personal data is replaced on arrival. */
export class RecordedLocations {
  readonly #pseudonyms: Pseudonyms;
  /** By library id, or by content token until a response contains the library id. */
  readonly #locations = new Map<string, RecordedLocation>();
  readonly #libraries = new Map<string, string>();

  constructor(pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
  }

  get size(): number {
    return this.#locations.size;
  }

  observe({ operation, request, response, headers = {} }: RecordedExchange): void {
    if (!operation.startsWith('vpp.') || !isRecord(response)) return;
    const location = this.#locationOf(isRecord(request) ? request.sToken : undefined, headers, response);
    if (location === undefined) return;
    switch (operation) {
      case 'vpp.client_config':
      case 'vpp.client_config.set':
        location.config = { ...location.config, ...anonymized('client_config', response, this.#pseudonyms) };
        break;
      case 'vpp.assets':
      case 'vpp.v1.assets':
        for (const asset of recordsIn(response.assets)) this.#addAsset(location, asset);
        break;
      case 'vpp.users':
        for (const user of recordsIn(response.users)) this.#addUser(location, 'user', user);
        break;
      case 'vpp.v1.users':
        for (const user of recordsIn(response.users)) this.#addUser(location, 'legacy_user', user);
        break;
      case 'vpp.assignments':
      case 'vpp.v1.assignments':
        for (const assignment of recordsIn(response.assignments)) this.#addAssignment(location, assignment);
        break;
      default:
        if (isRecord(request)) this.#addWrite(location, operation, request);
    }
  }

  #locationOf(
    legacyToken: unknown,
    { authorization = '' }: NonNullable<RecordedExchange['headers']>,
    { uId }: Members,
  ): RecordedLocation | undefined {
    const token = typeof legacyToken === 'string' ? legacyToken : authorization.replace(/^Bearer\s+/i, '');
    if (token === '') return undefined;
    if (typeof uId === 'string') this.#libraries.set(token, uId);
    const key = this.#libraries.get(token) ?? token;
    const known = this.#locations.get(key);
    if (known !== undefined || this.#locations.size >= MAX_LOCATIONS) return known;
    const location = emptyLocation();
    this.#locations.set(key, location);
    return location;
  }

  #addAsset({ assets }: RecordedLocation, record: Members): void {
    const {
      adamId,
      adamIdStr = adamId,
      pricingParam = 'STDQ',
      ...facts
    } = anonymized('asset', record, this.#pseudonyms);
    if (typeof adamIdStr !== 'string' || assets.size >= MAX_RECORDS) return;
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

  #addUser({ users, registered }: RecordedLocation, group: 'user' | 'legacy_user', record: Members): void {
    const {
      clientUserId,
      clientUserIdStr = clientUserId,
      email,
      status,
    } = anonymized(group, record, this.#pseudonyms);
    if (typeof clientUserIdStr !== 'string' || users.size >= MAX_RECORDS) return;
    if (users.has(clientUserIdStr) || registered.has(clientUserIdStr)) return;
    users.set(clientUserIdStr, {
      client_user_id: clientUserIdStr,
      ...(email === undefined ? {} : { email }),
      ...(status === undefined ? {} : { status }),
    });
  }

  #addAssignment({ assets, assigned }: RecordedLocation, record: Members): void {
    const fields = anonymized('assignment', record, this.#pseudonyms);
    const {
      adamId,
      adamIdStr = adamId,
      clientUserId,
      clientUserIdStr: user = clientUserId,
      serialNumber,
    } = fields;
    const key = keyOf(adamIdStr, fields.pricingParam);
    const asset = assets.get(key);
    const holder = serialNumber ?? user;
    if (asset === undefined || typeof holder !== 'string' || assigned.has(`${key} ${holder}`)) return;
    if (holder === serialNumber && !SERIAL_NUMBER.test(holder)) return;
    const holders = serialNumber === undefined ? asset.users : asset.devices;
    if (holders.size < MAX_RECORDS) holders.add(holder);
  }

  /** Notes users and assignments that the MDM creates: it will create them again. */
  #addWrite({ users, registered, assigned }: RecordedLocation, operation: string, request: Members): void {
    if (operation === 'vpp.users.create' || operation === 'vpp.v1.user.register') {
      for (const { clientUserId, clientUserIdStr = clientUserId } of [request, ...recordsIn(request.users)]) {
        if (typeof clientUserIdStr !== 'string') continue;
        const id = this.#pseudonyms.of('client_user_id', clientUserIdStr);
        if (!users.has(id) && registered.size < MAX_RECORDS) registered.add(id);
      }
    }
    if (operation !== 'vpp.assets.associate' && operation !== 'vpp.v1.licenses.manage') return;
    const holders = [
      ...[...stringsIn(request.clientUserIds), ...stringsIn(request.associateClientUserIdStrs)].map((user) =>
        this.#pseudonyms.of('client_user_id', user),
      ),
      ...[...stringsIn(request.serialNumbers), ...stringsIn(request.associateSerialNumbers)].map((serial) =>
        this.#pseudonyms.of('serial_number', serial),
      ),
    ];
    const assets = operation === 'vpp.assets.associate' ? recordsIn(request.assets) : [request];
    for (const { adamId, adamIdStr = adamId, pricingParam } of assets)
      for (const holder of holders)
        if (assigned.size < MAX_RECORDS) assigned.add(`${keyOf(adamIdStr, pricingParam)} ${holder}`);
  }

  /** In the form of a scenario file. */
  get locations(): readonly object[] {
    return [...this.#locations.values()].map(locationOf);
  }
}

function locationOf({ config, assets, users }: RecordedLocation, index: number): object {
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
    // Apple allows two locations with the same name; a scenario file does not.
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
    // There may be licenses that were not recorded.
    total: typeof totalCount === 'number' ? Math.max(totalCount, held) : Math.max(100, held),
    retired: retiredCount,
    device_assignable: deviceAssignable,
    revocable,
    platforms: supportedPlatforms,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
