import { mix32 } from '../../core/random.ts';

export const APP_KINDS = ['iosSoftware', 'desktopApp', 'epubBook'] as const;

export type AppKind = (typeof APP_KINDS)[number];

/** What MDM servers read of an app or book in the store. */
export interface App {
  readonly adam_id: string;
  readonly name: string;
  readonly bundle_id: string;
  readonly kind: AppKind;
  readonly device_families: readonly string[];
  readonly version: string;
  readonly external_version_id: number;
  readonly minimum_os: string;
  readonly artist: string;
  readonly genre: string;
  readonly description: string;
  readonly price: number;
  /** Visible to its buyer only, with a content token. */
  readonly custom: boolean;
  readonly device_based_licensing: boolean;
  readonly release_date: string;
  readonly watch_bundle_id: string | undefined;
  /** Lower-case country codes where it is sold; everywhere if undefined. */
  readonly storefronts: readonly string[] | undefined;
}

export type AppDefinition = { readonly [Member in keyof App]?: App[Member] | undefined } & {
  readonly adam_id: string;
};

const FIRST_WORDS = [
  'Amber',
  'Brisk',
  'Cedar',
  'Delta',
  'Ember',
  'Fable',
  'Grove',
  'Harbor',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
  'Meadow',
  'Nimbus',
  'Orchard',
  'Pixel',
  'Quill',
  'River',
  'Saffron',
  'Tidal',
] as const;
const SECOND_WORDS = [
  'Board',
  'Budget',
  'Calendar',
  'Camera',
  'Desk',
  'Drive',
  'Forms',
  'Journal',
  'Lens',
  'Mail',
  'Maps',
  'Notes',
  'Paint',
  'Planner',
  'Reader',
  'Scan',
  'Shift',
  'Sketch',
  'Talk',
  'Timer',
] as const;
const GENRES = [
  'Productivity',
  'Business',
  'Education',
  'Utilities',
  'Graphics & Design',
  'Reference',
] as const;

const FIRST_ID = 1_000_000_000;
const STEP = 7919;
export const MOST_GENERATED_APPS = 500_000;

/** Store id of the n-th generated app; `generatedApp` is the inverse. The same in every organization. */
export const generatedAdamId = (index: number): string =>
  String(FIRST_ID + index * STEP + (mix32(0x5eed, index) % STEP));

function indexOf(adamId: string): number | undefined {
  if (!/^\d{10}$/.test(adamId)) return undefined;
  const index = Math.floor((Number(adamId) - FIRST_ID) / STEP);
  return index >= 0 && index < MOST_GENERATED_APPS && generatedAdamId(index) === adamId ? index : undefined;
}

/** The generated app with that id; undefined if there is none. */
export function generatedApp(adamId: string): App | undefined {
  const index = indexOf(adamId);
  return index === undefined ? undefined : derivedApp(adamId, index);
}

const pick = <Item>(among: readonly Item[], seed: number): Item => among[seed % among.length]!;

function derivedApp(adamId: string, seed: number): App {
  const first = pick(FIRST_WORDS, seed);
  const second = pick(SECOND_WORDS, Math.floor(seed / FIRST_WORDS.length));
  const round = Math.floor(seed / (FIRST_WORDS.length * SECOND_WORDS.length));
  const name = `${first} ${second}${round === 0 ? '' : ` ${round + 1}`}`;
  const mix = (purpose: number): number => mix32(0xa995 + purpose, seed);
  const major = 1 + (mix(1) % 12);
  return {
    adam_id: adamId,
    name,
    bundle_id: `com.example.${first.toLowerCase()}.${second.toLowerCase()}${round === 0 ? '' : round + 1}`,
    kind: 'iosSoftware',
    device_families: ['iphone', 'ipad', 'ipod'],
    version: `${major}.${mix(2) % 10}.${mix(3) % 20}`,
    external_version_id: 800_000_000 + (mix(4) % 99_999_999),
    minimum_os: `${14 + (mix(5) % 4)}.0`,
    artist: `${first} Works`,
    genre: pick(GENRES, mix(6)),
    description: `${name} is an invented app for tests of assignments.`,
    price: mix(7) % 4 === 0 ? (mix(8) % 10) + 0.99 : 0,
    custom: false,
    device_based_licensing: true,
    release_date: `20${15 + (mix(9) % 10)}-0${1 + (mix(10) % 9)}-1${mix(11) % 10}`,
    watch_bundle_id: undefined,
    storefronts: undefined,
  };
}

const FAMILIES: Readonly<Record<AppKind, readonly string[]>> = {
  iosSoftware: ['iphone', 'ipad', 'ipod'],
  desktopApp: ['mac'],
  epubBook: ['iphone', 'ipad', 'ipod', 'mac'],
};

/** The given members. Members that are left out derive from the id. */
export function appOf(definition: AppDefinition): App {
  const { adam_id } = definition;
  const base = generatedApp(adam_id) ?? derivedApp(adam_id, Number(BigInt(adam_id) % 400n));
  const kind = definition.kind ?? base.kind;
  const given = Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined));
  return { ...base, device_families: FAMILIES[kind], ...given, kind } as App;
}
