import type { DeviceFamily, OperatingSystem } from './device-facts.ts';
import type { SerialFormatName } from './serial-format.ts';

export interface DeviceModel {
  /** Apple's marketing name, as the field `model` shows it; several rows may share one. */
  readonly name: string;
  readonly device_family: DeviceFamily;
  readonly os: OperatingSystem;
  /** The text of the field `description` up to the region, with places for color and configuration. */
  readonly description: string;
  readonly configurations: readonly string[];
  /** Empty where Apple leaves the field `color` out. */
  readonly colors: readonly string[];
  readonly serialFormat: SerialFormatName;
  readonly cellular: boolean;
  readonly ethernet: boolean;
}

type FamilyTraits = Pick<DeviceModel, 'device_family' | 'os'>;
type ModelRow = Omit<DeviceModel, keyof FamilyTraits | 'cellular' | 'ethernet'> &
  Partial<Pick<DeviceModel, 'cellular' | 'ethernet'>>;

function family(
  traits: FamilyTraits & { readonly cellular?: boolean },
  rows: readonly ModelRow[],
): DeviceModel[] {
  return rows.map((row) => ({ cellular: false, ethernet: false, ...traits, ...row }));
}

// The wording follows answers on public record: `IPHONE 14 MIDNIGHT 128GB-ZDD`, `IPHONE 16 PRO DESERT 256GB-USA`,
// `IPAD MINI 4 WI-FI 16GB SPACE GRAY-FRD`, `MBA 13.6 MDN`, `MBP 13.3 SPG/8C CPU/8C GPU` (model `MacBook Pro 13"`),
// `MBP 16 SB/12C/18C GPU/36G/512G-USA` (model `MacBook Pro (16-inch, Nov 2023)`). The other rows are worded alike, and
// which models come without a color is our choice (the nanodep project saw that some do).
// All cellular models here have an eSIM, so that each of them has an EID; all iPhones have two IMEIs.

const iPhones = family({ device_family: 'iPhone', os: 'iOS', cellular: true }, [
  {
    name: 'iPhone XR',
    description: 'IPHONE XR {color} {configuration}',
    configurations: ['64GB', '128GB'],
    colors: ['BLACK', 'WHITE', 'BLUE', 'CORAL', 'YELLOW', 'RED'],
    serialFormat: 'legacy-iphone',
  },
  {
    name: 'iPhone 11',
    description: 'IPHONE 11 {color} {configuration}',
    configurations: ['64GB', '128GB', '256GB'],
    colors: ['BLACK', 'WHITE', 'GREEN', 'PURPLE', 'YELLOW', 'RED'],
    serialFormat: 'legacy-iphone',
  },
  {
    name: 'iPhone SE (2nd generation)',
    description: 'IPHONE SE 2ND GEN {color} {configuration}',
    configurations: ['64GB', '128GB'],
    colors: ['BLACK', 'WHITE', 'RED'],
    serialFormat: 'legacy-iphone',
  },
  {
    name: 'iPhone 12',
    description: 'IPHONE 12 {color} {configuration}',
    configurations: ['64GB', '128GB', '256GB'],
    colors: ['BLACK', 'WHITE', 'BLUE', 'GREEN', 'RED'],
    serialFormat: 'legacy-iphone',
  },
  {
    name: 'iPhone 13',
    description: 'IPHONE 13 {color} {configuration}',
    configurations: ['128GB', '256GB', '512GB'],
    colors: ['MIDNIGHT', 'STARLIGHT', 'BLUE', 'PINK', 'RED'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPhone SE (3rd generation)',
    description: 'IPHONE SE 3RD GEN {color} {configuration}',
    configurations: ['64GB', '128GB', '256GB'],
    colors: ['MIDNIGHT', 'STARLIGHT', 'RED'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPhone 14',
    description: 'IPHONE 14 {color} {configuration}',
    configurations: ['128GB', '256GB', '512GB'],
    colors: ['MIDNIGHT', 'STARLIGHT', 'BLUE', 'PURPLE', 'RED'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPhone 15',
    description: 'IPHONE 15 {color} {configuration}',
    configurations: ['128GB', '256GB', '512GB'],
    colors: ['BLACK', 'BLUE', 'GREEN', 'YELLOW', 'PINK'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPhone 15 Pro',
    description: 'IPHONE 15 PRO {color} {configuration}',
    configurations: ['128GB', '256GB', '512GB', '1TB'],
    colors: ['NATURAL TITANIUM', 'BLUE TITANIUM', 'WHITE TITANIUM', 'BLACK TITANIUM'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPhone 16',
    description: 'IPHONE 16 {color} {configuration}',
    configurations: ['128GB', '256GB', '512GB'],
    colors: ['BLACK', 'WHITE', 'PINK', 'TEAL', 'ULTRAMARINE'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPhone 16 Pro',
    description: 'IPHONE 16 PRO {color} {configuration}',
    configurations: ['128GB', '256GB', '512GB', '1TB'],
    colors: ['NATURAL TITANIUM', 'DESERT TITANIUM', 'WHITE TITANIUM', 'BLACK TITANIUM'],
    serialFormat: 'randomized',
  },
]);

const iPads = family({ device_family: 'iPad', os: 'iPadOS' }, [
  {
    name: 'iPad mini 4',
    description: 'IPAD MINI 4 WI-FI {configuration} {color}',
    configurations: ['16GB', '32GB', '128GB'],
    colors: ['SPACE GRAY', 'SILVER', 'GOLD'],
    serialFormat: 'legacy-ipad',
  },
  {
    name: 'iPad (7th generation)',
    description: 'IPAD 7TH GEN WI-FI {configuration} {color}',
    configurations: ['32GB', '128GB'],
    colors: ['SPACE GRAY', 'SILVER', 'GOLD'],
    serialFormat: 'legacy-ipad',
  },
  {
    name: 'iPad (7th generation)',
    description: 'IPAD 7TH GEN WI-FI+CELL {configuration} {color}',
    configurations: ['32GB', '128GB'],
    colors: ['SPACE GRAY', 'SILVER', 'GOLD'],
    serialFormat: 'legacy-ipad',
    cellular: true,
  },
  {
    name: 'iPad (9th generation)',
    description: 'IPAD 9TH GEN WI-FI {configuration} {color}',
    configurations: ['64GB', '256GB'],
    colors: ['SPACE GRAY', 'SILVER'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPad (9th generation)',
    description: 'IPAD 9TH GEN WI-FI+CELL {configuration} {color}',
    configurations: ['64GB', '256GB'],
    colors: ['SPACE GRAY', 'SILVER'],
    serialFormat: 'randomized',
    cellular: true,
  },
  {
    name: 'iPad (10th generation)',
    description: 'IPAD 10TH GEN WI-FI {configuration} {color}',
    configurations: ['64GB', '256GB'],
    colors: ['BLUE', 'PINK', 'YELLOW', 'SILVER'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPad (10th generation)',
    description: 'IPAD 10TH GEN WI-FI+CELL {configuration} {color}',
    configurations: ['64GB', '256GB'],
    colors: ['BLUE', 'PINK', 'YELLOW', 'SILVER'],
    serialFormat: 'randomized',
    cellular: true,
  },
  {
    name: 'iPad mini (6th generation)',
    description: 'IPAD MINI 6TH GEN WI-FI {configuration} {color}',
    configurations: ['64GB', '256GB'],
    colors: ['SPACE GRAY', 'PINK', 'PURPLE', 'STARLIGHT'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPad Air (5th generation)',
    description: 'IPAD AIR 5TH GEN WI-FI {configuration} {color}',
    configurations: ['64GB', '256GB'],
    colors: ['SPACE GRAY', 'STARLIGHT', 'PINK', 'PURPLE', 'BLUE'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPad Pro 11-inch (M4)',
    description: 'IPAD PRO 11 M4 WI-FI {configuration} {color}',
    configurations: ['256GB', '512GB', '1TB'],
    colors: ['SPACE BLACK', 'SILVER'],
    serialFormat: 'randomized',
  },
  {
    name: 'iPad Pro 11-inch (M4)',
    description: 'IPAD PRO 11 M4 WI-FI+CELL {configuration} {color}',
    configurations: ['256GB', '512GB', '1TB'],
    colors: ['SPACE BLACK', 'SILVER'],
    serialFormat: 'randomized',
    cellular: true,
  },
]);

const iPods = family({ device_family: 'iPod', os: 'iOS' }, [
  {
    name: 'iPod touch (7th generation)',
    description: 'IPOD TOUCH 7TH GEN {color} {configuration}',
    configurations: ['32GB', '128GB', '256GB'],
    colors: ['SPACE GRAY', 'SILVER', 'PINK', 'BLUE', 'GOLD', 'RED'],
    serialFormat: 'legacy-ipod',
  },
]);

const macs = family({ device_family: 'Mac', os: 'OSX' }, [
  {
    name: 'MacBook Air',
    description: 'MBA 13.3 {color}/{configuration}',
    configurations: ['8C CPU/7C GPU/8GB/256GB', '8C CPU/8C GPU/8GB/512GB'],
    colors: ['SPACE GRAY', 'SILVER', 'GOLD'],
    serialFormat: 'legacy-mac',
  },
  {
    name: 'MacBook Air',
    description: 'MBA 13.6 {color}/{configuration}',
    configurations: ['8C CPU/8C GPU/8GB/256GB', '8C CPU/10C GPU/16GB/512GB'],
    colors: ['MIDNIGHT', 'STARLIGHT', 'SPACE GRAY', 'SILVER'],
    serialFormat: 'randomized',
  },
  {
    name: 'MacBook Air',
    description: 'MBA 15.3 {color}/{configuration}',
    configurations: ['8C CPU/10C GPU/8GB/256GB', '8C CPU/10C GPU/16GB/512GB'],
    colors: ['MIDNIGHT', 'STARLIGHT', 'SPACE GRAY', 'SILVER'],
    serialFormat: 'randomized',
  },
  {
    name: 'MacBook Pro 13"',
    description: 'MBP 13.3 {color}/{configuration}',
    configurations: ['8C CPU/8C GPU/8GB/256GB', '8C CPU/8C GPU/16GB/512GB'],
    colors: ['SPACE GRAY', 'SILVER'],
    serialFormat: 'legacy-mac',
  },
  {
    name: 'MacBook Pro (14-inch, Nov 2023)',
    description: 'MBP 14 {color}/{configuration}',
    configurations: ['11C/14C GPU/18G/512G', '12C/18C GPU/18G/1T'],
    colors: ['SPACE BLACK', 'SILVER'],
    serialFormat: 'randomized',
  },
  {
    name: 'MacBook Pro (16-inch, Nov 2023)',
    description: 'MBP 16 {color}/{configuration}',
    configurations: ['12C/18C GPU/18G/512G', '12C/18C GPU/36G/512G'],
    colors: ['SPACE BLACK', 'SILVER'],
    serialFormat: 'randomized',
  },
  {
    name: 'iMac',
    description: 'IMAC 24 {color}/{configuration}',
    configurations: ['8C CPU/8C GPU/8GB/256GB', '8C CPU/10C GPU/16GB/512GB'],
    colors: ['BLUE', 'GREEN', 'PINK', 'SILVER'],
    serialFormat: 'randomized',
    ethernet: true,
  },
  {
    name: 'Mac mini',
    description: 'MAC MINI/{configuration}',
    configurations: ['8C CPU/8C GPU/8GB/256GB', '8C CPU/8C GPU/16GB/512GB'],
    colors: [],
    serialFormat: 'legacy-mac',
    ethernet: true,
  },
  {
    name: 'Mac mini',
    description: 'MAC MINI/{configuration}',
    configurations: ['8C CPU/10C GPU/8GB/256GB', '10C CPU/16C GPU/16GB/512GB'],
    colors: [],
    serialFormat: 'randomized',
    ethernet: true,
  },
  {
    name: 'Mac Studio',
    description: 'MAC STUDIO/{configuration}',
    configurations: ['12C CPU/30C GPU/32GB/512GB', '24C CPU/60C GPU/64GB/1TB'],
    colors: [],
    serialFormat: 'randomized',
    ethernet: true,
  },
]);

const appleTvs = family({ device_family: 'AppleTV', os: 'tvOS' }, [
  {
    name: 'Apple TV HD',
    description: 'APPLE TV HD {configuration}',
    configurations: ['32GB'],
    colors: [],
    serialFormat: 'legacy-appletv',
    ethernet: true,
  },
  {
    name: 'Apple TV 4K',
    description: 'APPLE TV 4K WI-FI {configuration}',
    configurations: ['64GB'],
    colors: [],
    serialFormat: 'randomized',
  },
  {
    name: 'Apple TV 4K',
    description: 'APPLE TV 4K WI-FI+ETHERNET {configuration}',
    configurations: ['128GB'],
    colors: [],
    serialFormat: 'randomized',
    ethernet: true,
  },
]);

const visions = family({ device_family: 'Vision', os: 'visionOS' }, [
  {
    name: 'Apple Vision Pro',
    description: 'APPLE VISION PRO {configuration}',
    configurations: ['256GB', '512GB', '1TB'],
    colors: [],
    serialFormat: 'randomized',
  },
]);

export const deviceModels: readonly DeviceModel[] = [
  ...iPhones,
  ...iPads,
  ...iPods,
  ...macs,
  ...appleTvs,
  ...visions,
];

/** All rows of that marketing name, none for a model that we do not know. */
export function modelsNamed(name: string): readonly DeviceModel[] {
  return deviceModels.filter((model) => model.name === name);
}

export function modelsOfFamily(deviceFamily: DeviceFamily): readonly DeviceModel[] {
  return deviceModels.filter((model) => model.device_family === deviceFamily);
}

export const MODEL_NAMES: readonly string[] = [...new Set(deviceModels.map(({ name }) => name))];
