import type { DeviceFamily, OperatingSystem } from './device-facts.ts';
import type { DeviceModel } from './device-model.ts';
import type { SerialFormatName } from './serial-format.ts';

/** A model in one color and configuration: everything about a generated device that it shares with others. */
export interface ModelVariant {
  readonly model: string;
  readonly description: string;
  readonly color: string | undefined;
  readonly os: OperatingSystem;
  readonly device_family: DeviceFamily;
  readonly serialFormat: SerialFormatName;
  readonly cellular: boolean;
  readonly ethernet: boolean;
}

/** What a scenario can fix for all devices of a group. */
export interface VariantChoices {
  readonly color?: string | undefined;
  readonly description?: string | undefined;
  readonly serial_format?: SerialFormatName | undefined;
}

/**
 * The last three letters of a description. USA, ZDD and FRD are on record; the others follow the part number
 * suffixes that Apple sells under, and are our guess.
 */
export const regions: readonly string[] = ['USA', 'USA', 'USA', 'GBR', 'ZDD', 'FRD', 'CAN', 'AUS'];

// SPG, MDN and SB for Macs and DESERT for an iPhone are on record; the others are shortened in the same way.
const shortColors: Partial<Record<DeviceFamily, Readonly<Record<string, string>>>> = {
  Mac: {
    'SPACE GRAY': 'SPG',
    'SPACE BLACK': 'SB',
    MIDNIGHT: 'MDN',
    STARLIGHT: 'STL',
    SILVER: 'SLV',
    GOLD: 'GLD',
  },
  iPhone: {
    'NATURAL TITANIUM': 'NATURAL',
    'DESERT TITANIUM': 'DESERT',
    'BLUE TITANIUM': 'BLUE',
    'WHITE TITANIUM': 'WHITE',
    'BLACK TITANIUM': 'BLACK',
  },
};

/** The variants of some models, each created when it is first read. */
export interface ModelVariants {
  readonly count: number;
  at(number: number): ModelVariant;
}

export function variantsOf(models: readonly DeviceModel[], choices: VariantChoices = {}): ModelVariants {
  const starts: number[] = [];
  let count = 0;
  for (const model of models) {
    starts.push(count);
    count += colorsOf(model, choices).length * model.configurations.length * regions.length;
  }
  const made = new Map<number, ModelVariant>();

  function make(number: number): ModelVariant {
    const row = starts.findLastIndex((start) => start <= number);
    const model = models[row]!;
    const colors = colorsOf(model, choices);
    const { configurations } = model;
    const place = number - starts[row]!;
    const color = colors[place % colors.length];
    const configuration = configurations[Math.floor(place / colors.length) % configurations.length]!;
    const region = regions[Math.floor(place / (colors.length * configurations.length))]!;
    return {
      model: model.name,
      description: choices.description ?? describe(model, color, configuration, region),
      color,
      os: model.os,
      device_family: model.device_family,
      serialFormat: choices.serial_format ?? model.serialFormat,
      cellular: model.cellular,
      ethernet: model.ethernet,
    };
  }

  return {
    count,
    at(number) {
      let variant = made.get(number);
      if (variant === undefined) {
        variant = make(number);
        made.set(number, variant);
      }
      return variant;
    },
  };
}

/** One variant without a color if the model has none. */
function colorsOf(model: DeviceModel, choices: VariantChoices): readonly (string | undefined)[] {
  if (choices.color !== undefined) return [choices.color];
  return model.colors.length > 0 ? model.colors : [undefined];
}

function describe(model: DeviceModel, color = '', configuration: string, region: string): string {
  const shownColor = shortColors[model.device_family]?.[color] ?? color;
  const text = model.description
    .replace('{color}', () => shownColor)
    .replace('{configuration}', configuration);
  return `${text}-${region}`;
}
