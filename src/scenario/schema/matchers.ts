import * as z from 'zod';
import { isSubject, SUBJECTS } from '../../matching/location.ts';
import { VALUE_TYPES } from '../../matching/matcher.ts';
import { filledText } from './texts.ts';

const range = { at_least: z.number().optional(), at_most: z.number().optional() };

const ownershipSchema = z.union([
  z.enum(['organization', 'mdm_server']),
  z.strictObject({ mdm_server: filledText }),
]);

const members = {
  equals: z.unknown().optional(),
  one_of: z.array(z.unknown()).min(1).optional(),
  matches: filledText.optional().meta({ description: 'regular expression in the syntax of RE2' }),
  contains: z.unknown().optional().meta({ description: 'part of a text, or item of a list' }),
  ...range,
  length: z
    .union([z.int().min(0), z.strictObject(range)])
    .optional()
    .meta({ description: 'characters of a text, items of a list, members of an object' }),
  type: z.enum(VALUE_TYPES).optional(),
  serial_of: ownershipSchema.optional().meta({
    description:
      'serial number of a device: of the organization, of the MDM server that asks, or of a named one',
  }),
  profile_of: ownershipSchema.optional().meta({
    description:
      'profile_uuid of a profile: of the organization, of the MDM server that asks, or of a named one',
  }),
  push_magic: z.literal('of_device').optional().meta({ description: "the device's own PushMagic" }),
};

const SAYS_SOMETHING = { message: 'the matcher says nothing' };

const saysSomething = (matcher: object): boolean => Object.keys(matcher).length > 0;

const words = z.enum(['present', 'absent']);

const plainMatcher = z.union([words, z.strictObject(members).refine(saysSomething, SAYS_SOMETHING)]);

/** What a value must be: of several members all must hold. `not` turns others around. */
export const matcherSchema = z.union([
  words,
  z.strictObject({ ...members, not: plainMatcher.optional() }).refine(saysSomething, SAYS_SOMETHING),
]);

const subjects = Object.keys(SUBJECTS);

const location = z
  .string()
  .refine(
    (text) => text.startsWith('$') || isSubject(text),
    `a location is a JSONPath and begins with $, or is one of ${subjects.join(', ')}`,
  );

const shorthand = z.union([
  matcherSchema,
  z.literal('of_device').transform(() => ({ push_magic: 'of_device' as const })),
  z.union([z.number(), z.boolean()]).transform((equals) => ({ equals })),
]);

export const whereSchema = z
  .record(location, shorthand)
  .meta({ description: 'locations such as $.body.profile_name, and what must stand there' });
