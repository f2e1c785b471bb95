import * as z from 'zod/mini';
import { BEHAVIOR } from '../../services/behavior.ts';
import type { BehaviorKey } from '../../services/behavior-setting.ts';
import { durationText, filledText } from './texts.ts';

/** Accepts a choice that looks like a number as a number too, because YAML reads it as one without quotes. */
function choiceSchema(words: readonly string[]): z.ZodMiniType {
  const choice = z.enum(words as readonly [string, ...string[]]);
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
  return numbers.length === 0 ? choice : z.union([choice, z.pipe(z.literal(numbers), z.transform(String))]);
}

function valueSchema(key: BehaviorKey): z.ZodMiniType {
  switch (key.kind) {
    case 'integer':
      return z.int().check(z.minimum(key.minimum), z.maximum(key.maximum));
    case 'duration':
      return durationText;
    case 'choice':
      return choiceSchema(key.words);
    case 'flag':
      return z.boolean();
    case 'text':
      return z.string();
    case 'text_list':
      return z.array(filledText);
  }
}

/** Every behavior setting, each optional. `json-schema.ts` adds the descriptions. */
export const behaviorSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(BEHAVIOR).map(([service, table]) => [
      service,
      z.optional(
        z.strictObject(
          Object.fromEntries(
            Object.entries(table).map(([name, key]) => [name, z.optional(valueSchema(key))]),
          ),
        ),
      ),
    ]),
  ),
);
