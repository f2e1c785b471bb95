import * as z from 'zod/mini';

/** The same schema, with what editors and the docs say of it. */
export function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  const same = schema.clone(schema.def);
  z.globalRegistry.add(same, { description });
  return same;
}
