import * as z from 'zod/mini';
import type { BehaviorSetting, BehaviorTables } from '../../organization/behavior.ts';
import { durationText, filledText } from './texts.ts';

/** Accepts a choice that looks like a number as a number too, because YAML reads it as one without quotes. */
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

/**
 * Every behavior setting of the services, each optional. The same tables give the same schema. `json-schema.ts` adds the
 * descriptions.
 */
export function behaviorSchema(tables: BehaviorTables): BehaviorSchema {
  let schema = schemas.get(tables);
  if (schema === undefined) {
    schema = createSchema(tables);
    schemas.set(tables, schema);
  }
  return schema;
}
