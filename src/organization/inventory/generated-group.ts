import { keyedHash } from '../../runtime/keyed-hash.ts';
import { mix32 } from '../../runtime/random.ts';
import type { DeviceFacts, DeviceFamily, DeviceIdentifiers } from './device-facts.ts';
import { deviceModels, modelsNamed, modelsOfFamily } from './device-model.ts';
import { regions, type VariantChoices, variantsOf } from './model-variant.ts';
import { refOf, type SerialNumbers } from './serial-numbers.ts';

export interface GenerateDefinition extends VariantChoices {
  readonly generate: number;
  readonly device_family?: DeviceFamily | undefined;
  readonly model?: string | undefined;
  readonly asset_tag?: string | undefined;
}

export interface GeneratedGroup {
  readonly number: number;
  readonly count: number;
  facts(index: number): DeviceFacts;
  identifiers(index: number): DeviceIdentifiers;
}

function wordOf(seed: string, label: string): number {
  const bytes = keyedHash(seed, label);
  return ((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0;
}

export function createGeneratedGroup(
  seed: string,
  serialNumbers: SerialNumbers,
  number: number,
  definition: GenerateDefinition,
): GeneratedGroup {
  const models =
    definition.model !== undefined
      ? modelsNamed(definition.model)
      : definition.device_family !== undefined
        ? modelsOfFamily(definition.device_family)
        : deviceModels;
  const key = wordOf(seed, `group ${number}`);
  const variants = regions.flatMap((region) =>
    variantsOf(models.length > 0 ? models : deviceModels, region, definition),
  );
  const variantOf = (index: number) => variants[mix32(key, index) % variants.length]!;
  return {
    number,
    count: definition.generate,
    facts(index) {
      const variant = variantOf(index);
      return {
        serial_number: serialNumbers.serialOf(variant.serialFormat, refOf(number, index)),
        model: variant.model,
        description: variant.description,
        color: variant.color,
        asset_tag: definition.asset_tag?.replace(/\{n(?::(\d+))?\}/g, (_, width) =>
          String(index + 1).padStart(Number(width ?? 0), '0'),
        ),
        os: variant.os,
        device_family: variant.device_family,
      };
    },
    identifiers: () => ({}),
  };
}
