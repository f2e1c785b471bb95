import * as z from 'zod/mini';
import { shownDuration } from '../../core/duration.ts';
import type { BehaviorSetting, BehaviorTables } from '../../organization/behavior.ts';
import { durationText, filledText } from './texts.ts';

/** Words that are numbers may be written as numbers, as YAML reads them without quotes. */
function choiceSchema(words: readonly string[]): z.ZodMiniType {
  const choice = z.enum(words as readonly [string, ...string[]]);
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
  return numbers.length === 0 ? choice : z.union([choice, z.pipe(z.literal(numbers), z.transform(String))]);
}

function valueSchema(setting: BehaviorSetting): z.ZodMiniType {
  switch (setting.kind) {
    case 'integer':
      return z.int().check(z.minimum(setting.minimum), z.maximum(setting.maximum));
    case 'duration':
      return durationText;
    case 'choice':
      return choiceSchema(setting.words);
    case 'flag':
      return z.boolean();
    case 'text':
      return z.string();
    case 'text_list':
      return z.array(filledText);
  }
}

const settingSchema = (setting: BehaviorSetting) => z.optional(valueSchema(setting));

const tableSchema = (table: Readonly<Record<string, BehaviorSetting>>) =>
  z.strictObject(
    Object.fromEntries(Object.entries(table).map(([name, setting]) => [name, settingSchema(setting)])),
  );

const createSchema = (tables: BehaviorTables) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(tables).map(([service, table]) => [service, z.optional(tableSchema(table))]),
    ),
  );

type BehaviorSchema = ReturnType<typeof createSchema>;

const schemas = new WeakMap<BehaviorTables, BehaviorSchema>();

/** Every setting of the services, each optional. The same tables give the same schema. */
export function behaviorSchema(tables: BehaviorTables): BehaviorSchema {
  let schema = schemas.get(tables);
  if (schema === undefined) {
    schema = createSchema(tables);
    schemas.set(tables, schema);
  }
  return schema;
}

/** The default as a scenario file writes it. */
const shownDefault = (setting: BehaviorSetting): string =>
  setting.kind === 'duration' ? shownDuration(setting.default) : JSON.stringify(setting.default);

/** Adds what each setting decides to the schema, for editors and the docs. */
export function describeBehavior(tables: BehaviorTables): void {
  const { shape } = behaviorSchema(tables).def;
  for (const [service, table] of Object.entries(tables)) {
    const settings = shape[service]!.def.innerType.def.shape;
    for (const [name, setting] of Object.entries(table)) {
      const description = `${setting.about} (default: ${shownDefault(setting)})`;
      z.globalRegistry.add(settings[name]!, { description });
    }
  }
}
