import { mix32 } from '../../core/random.ts';
import { assetTags } from './asset-tag.ts';
import type { DeviceFamily } from './device-facts.ts';
import type { DeviceGroup, GroupPlace } from './device-group.ts';
import { type DeviceModel, deviceModels, modelsNamed, modelsOfFamily } from './device-model.ts';
import { type ModelVariant, type VariantChoices, variantsOf } from './model-variant.ts';
import type { Numbering } from './numbering.ts';
import { refOf } from './serial-numbers.ts';

export interface GenerateDefinition extends VariantChoices {
  readonly generate: number;
  readonly device_family?: DeviceFamily | undefined;
  readonly model?: string | undefined;
  readonly asset_tag?: string | undefined;
}

/** Devices that are a pure function of seed, place of the group and index. */
export interface GeneratedGroup extends DeviceGroup {
  readonly definition: GenerateDefinition;
  kind(index: number): ModelVariant;
}

export function createGeneratedGroup(
  { seedWord, serialNumbers, identifierNumbers }: Numbering,
  { number, firstOrdinal }: GroupPlace,
  definition: GenerateDefinition,
): GeneratedGroup {
  const variants = variantsOf(modelsFor(definition), definition);
  const key = mix32(seedWord, number);
  const kind = (index: number): ModelVariant => variants.at(mix32(key, index) % variants.count);
  const tags = definition.asset_tag === undefined ? undefined : assetTags(definition.asset_tag);
  return {
    number,
    count: definition.generate,
    definition,
    kind,
    serialNumber: (index) => serialNumbers.serialOf(kind(index).serialFormat, refOf(number, index)),
    assetTag: (index) => tags?.(index),
    identifiers: (index) => identifierNumbers.identifiersOf(kind(index), firstOrdinal + index),
  };
}

/** Any model where the name is none of ours. */
function modelsFor({ model, device_family }: GenerateDefinition): readonly DeviceModel[] {
  const models =
    model !== undefined
      ? modelsNamed(model)
      : device_family !== undefined
        ? modelsOfFamily(device_family)
        : deviceModels;
  return models.length > 0 ? models : deviceModels;
}
