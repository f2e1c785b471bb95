import type { DeviceFamily, DeviceModel, DeviceOs } from './device-model.ts';
import type { SerialFormatName } from './serial-format.ts';

/** A model in one colour and configuration: everything about a generated device that it shares with others. */
export interface ModelVariant {
  readonly model: string;
  readonly description: string;
  readonly color: string | undefined;
  readonly os: DeviceOs;
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

// SPG, MDN and SB for Macs and DESERT for an iPhone are on record, the others are shortened alike.
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

export function variantsOf(
  models: readonly DeviceModel[],
  region: string,
  choices: VariantChoices = {},
): readonly ModelVariant[] {
  return models.flatMap((model) => {
    const colors = choices.color !== undefined ? [choices.color] : model.colors;
    return (colors.length > 0 ? colors : [undefined]).flatMap((color) =>
      model.configurations.map((configuration) => ({
        model: model.name,
        description: choices.description ?? describe(model, color, configuration, region),
        color,
        os: model.os,
        device_family: model.device_family,
        serialFormat: choices.serial_format ?? model.serialFormat,
        cellular: model.cellular,
        ethernet: model.ethernet,
      })),
    );
  });
}

function describe(model: DeviceModel, color = '', configuration: string, region: string): string {
  const shownColor = shortColors[model.device_family]?.[color] ?? color;
  const text = model.description
    .replace('{color}', () => shownColor)
    .replace('{configuration}', configuration);
  return `${text}-${region}`;
}
