import * as z from 'zod';
import { filledText } from './texts.ts';

const location = z.string().startsWith('$', 'a location is a JSONPath and begins with $');

const rowSchema = z.strictObject({
  row: z.union([z.int(), filledText]).optional().meta({ description: 'number or id in the published table' }),
  service: filledText.meta({ description: 'as the vendor calls it' }),
  item: filledText.meta({ description: 'what it is called in the published table' }),
  direction: z.enum(['sent', 'received', 'both']).meta({ description: 'seen from the MDM' }),
  since: z.int().min(1).optional().meta({ description: 'first protocol version that has it' }),
  used_for: z.string().optional(),
  personal_data: z.enum(['no', 'maybe', 'pseudonym', 'yes']),
  note: z.string().optional(),
  at: z
    .record(filledText, z.union([location, z.array(location).min(1)]))
    .refine((places) => Object.keys(places).length > 0, 'a row needs a place where it is seen')
    .meta({ description: 'operations, and the locations in their exchanges' }),
});

/** A contract file: what a vendor declares to exchange with Apple. */
export const contractSchema = z
  .strictObject({
    name: filledText,
    source: z.string().optional().meta({ description: 'where the table is published' }),
    rows: z.array(rowSchema).min(1),
  })
  .meta({ title: 'Crabapple data-sent contract' });

export type ContractFile = z.output<typeof contractSchema>;
