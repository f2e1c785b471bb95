import * as z from 'zod/mini';
import { described } from './described.ts';
import { filledText } from './texts.ts';

const location = z.string().check(z.startsWith('$', 'a location is a JSONPath and begins with $'));

const rowSchema = z.strictObject({
  row: described(z.optional(z.union([z.int(), filledText])), 'number or id in the published table'),
  service: described(filledText, 'as the vendor calls it'),
  item: described(filledText, 'what it is called in the published table'),
  direction: described(z.enum(['sent', 'received', 'both']), 'seen from the MDM'),
  since: described(z.optional(z.int().check(z.minimum(1))), 'first protocol version that has it'),
  used_for: z.optional(z.string()),
  personal_data: z.enum(['no', 'maybe', 'pseudonym', 'yes']),
  note: z.optional(z.string()),
  at: described(
    z
      .record(filledText, z.union([location, z.array(location).check(z.minLength(1))]))
      .check(z.refine((places) => Object.keys(places).length > 0, 'a row needs a place where it is seen')),
    'operations, and the locations in their exchanges',
  ),
});

/** A declaration file: what a vendor declares to exchange with Apple. */
export const declarationSchema = z
  .strictObject({
    name: filledText,
    source: described(z.optional(z.string()), 'where the table is published'),
    rows: z.array(rowSchema).check(z.minLength(1)),
  })
  .register(z.globalRegistry, { title: 'Crabapple data-sent declaration' });

export type DeclarationFile = z.output<typeof declarationSchema>;
