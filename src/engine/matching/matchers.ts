import type { Domain, ExchangeView, Owner } from './exchange-view.ts';
import type { MatcherMembers, Ownership, Range, ValueType } from './matcher.ts';

const LONGEST = 80;

/** A value on one line, short enough for a message. */
export function shownValue(value: unknown): string {
  // Cut first, because the value can be large.
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, LONGEST + 1) : value) ?? 'nothing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** Whether two JSON values are equal. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) &&
        sameValue((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
    )
  );
}

/** One compiled member of a matcher, which tests single values. */
export interface Part {
  readonly wanted: string;
  /** Called once for each exchange, because a list may have thousands of values. */
  fits(view: ExchangeView): (value: unknown) => boolean;
  /** The difference of a value that does not fit. Default: `it is …`. */
  wrong?(value: unknown, view: ExchangeView): string | undefined;
}

type Name = Exclude<keyof MatcherMembers, 'not'>;

type Compile<Argument> = (argument: Argument) => Part | Promise<Part>;

const inRange = (value: number, { at_least, at_most }: Range): boolean =>
  (at_least === undefined || value >= at_least) && (at_most === undefined || value <= at_most);

function shownRange({ at_least, at_most }: Range): string {
  if (at_least === undefined) return `at most ${at_most}`;
  return at_most === undefined ? `at least ${at_least}` : `from ${at_least} to ${at_most}`;
}

const contains = (value: unknown, part: unknown): boolean =>
  typeof value === 'string'
    ? typeof part === 'string' && value.includes(part)
    : Array.isArray(value) && value.some((item) => sameValue(item, part));

/** Characters of a text, items of a list, members of an object. */
function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

const TYPES: { readonly [Type in ValueType]: (value: unknown) => boolean } = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  null: (value) => value === null,
};

function typeOf(value: unknown): string {
  const type = (Object.keys(TYPES) as ValueType[]).find((name) => TYPES[name](value));
  return type === undefined ? 'nothing' : `${type}: ${shownValue(value)}`;
}

function shownOwner(owner: Ownership): string {
  if (owner === 'organization') return 'of this organization';
  return owner === 'mdm_server'
    ? 'of the MDM server that sent the request'
    : `of the MDM server "${owner.mdm_server}"`;
}

/** The name of the MDM server that must own it; undefined if any may. */
const wantedServer = (owner: Ownership, domain: Domain): string | undefined =>
  owner === 'organization' ? undefined : owner === 'mdm_server' ? domain.mdmServer : owner.mdm_server;

function owned(
  what: string,
  owner: Ownership,
  find: (domain: Domain, name: string) => Owner | undefined,
): Part {
  return {
    wanted: `${what} ${shownOwner(owner)}`,
    fits({ domain }) {
      if (domain === undefined) return () => false;
      if (owner === 'organization') {
        return (value) => typeof value === 'string' && find(domain, value) !== undefined;
      }
      const server = wantedServer(owner, domain);
      return (value) => server !== undefined && typeof value === 'string' && find(domain, value) === server;
    },
    wrong(value, { domain }) {
      if (typeof value !== 'string') return `it is ${shownValue(value)}`;
      const name = `${what.startsWith('the serial') ? 'device' : 'profile'} ${value.slice(0, 64)}`;
      if (domain === undefined) return `${name} cannot be compared without an organization`;
      const found = find(domain, value);
      if (found === undefined) return `${name} is unknown to this organization`;
      if (found === null) return `${name} belongs to no MDM server`;
      const wanted = wantedServer(owner, domain);
      const whose = `it belongs to the MDM server "${found}"`;
      if (wanted === undefined)
        return `${name}: ${whose}, and the credential of the request belongs to no MDM server`;
      return what.startsWith('the serial')
        ? `${name} was never assigned to "${wanted}": ${whose}`
        : `${name} was never defined by "${wanted}": ${whose}`;
    },
  };
}

/** All matchers except `not`, `present` and `absent`. */
export const MATCHERS: { readonly [Kind in Name]-?: Compile<Exclude<MatcherMembers[Kind], undefined>> } = {
  equals: (wanted) => ({ wanted: shownValue(wanted), fits: () => (value) => sameValue(value, wanted) }),
  one_of: (words) => ({
    wanted: `one of ${words.map(shownValue).join(', ')}`,
    fits: () => (value) => words.some((word) => sameValue(value, word)),
  }),
  async matches(pattern) {
    // RE2 matches in linear time. Some patterns make the platform's own engine hang.
    const { RE2JS } = await import('re2js');
    const compiled = RE2JS.compile(pattern);
    return {
      wanted: `text that matches ${pattern}`,
      fits: () => (value) => typeof value === 'string' && compiled.test(value),
    };
  },
  contains: (part) => ({
    wanted: `a value that contains ${shownValue(part)}`,
    fits: () => (value) => contains(value, part),
  }),
  at_least: (least) => ({
    wanted: `at least ${least}`,
    fits: () => (value) => typeof value === 'number' && value >= least,
  }),
  at_most: (most) => ({
    wanted: `at most ${most}`,
    fits: () => (value) => typeof value === 'number' && value <= most,
  }),
  length(wanted) {
    const range = typeof wanted === 'number' ? { at_least: wanted, at_most: wanted } : wanted;
    return {
      wanted: `of length ${typeof wanted === 'number' ? wanted : shownRange(range)}`,
      fits: () => (value) => {
        const length = lengthOf(value);
        return length !== undefined && inRange(length, range);
      },
      wrong(value) {
        const length = lengthOf(value);
        return length === undefined ? `it has no length: ${shownValue(value)}` : `its length is ${length}`;
      },
    };
  },
  type: (type) => ({
    wanted: `of type ${type}`,
    fits: () => TYPES[type],
    wrong: (value) => `it is of type ${typeOf(value)}`,
  }),
  serial_of: (owner) =>
    owned('the serial number of a device', owner, (domain, serial) => domain.ownerOfDevice(serial)),
  profile_of: (owner) =>
    owned('the profile_uuid of a profile', owner, (domain, uuid) => domain.ownerOfProfile(uuid)),
  push_magic: () => ({
    wanted: "the device's own PushMagic",
    fits({ domain, path }) {
      const own = domain?.pushedDevice(path)?.pushMagic;
      return (value) => value !== undefined && value === own;
    },
    wrong(value, { domain, path }) {
      const device = domain?.pushedDevice(path);
      return device === undefined
        ? 'the device token belongs to no device of this organization'
        : `device ${device.serialNumber} has the PushMagic ${device.pushMagic}, not ${shownValue(value)}`;
    },
  }),
};
