import * as z from 'zod';
import { isSubject, SUBJECTS } from '../../matching/location.ts';
import { VALUE_TYPES } from '../../matching/matcher-form.ts';
import { filledText } from './texts.ts';

const range = { at_least: z.number().optional(), at_most: z.number().optional() };

export const ownershipSchema = z.union([
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

/** Only where nothing else is wrong: a word that is not known says more. */
const saySomething = (matcher: object, context: z.RefinementCtx): void => {
  if (context.issues.length === 0 && Object.keys(matcher).length === 0) {
    context.addIssue({ code: 'custom', message: 'the matcher says nothing' });
  }
};

const words = z.enum(['present', 'absent']);

export const plainMatcher = z.union([words, z.strictObject(members).superRefine(saySomething)]);

const matcherMembers = z.strictObject({ ...members, not: plainMatcher.optional() }).superRefine(saySomething);

/** What a value must be: of several members all must hold. `not` turns others around. */
export const matcherSchema = z.union([
  z
    .enum(['present', 'absent', 'of_device'])
    .transform((word) => (word === 'of_device' ? { push_magic: word } : word)),
  matcherMembers,
  z.number().transform((equals) => ({ equals })),
  z.boolean().transform((equals) => ({ equals })),
]);

const subjects = Object.keys(SUBJECTS);

const location = z
  .string()
  .refine(
    (text) => text.startsWith('$') || isSubject(text),
    `a location is a JSONPath and begins with $, or is one of ${subjects.join(', ')}`,
  );

export const whereSchema = z
  .record(location, matcherSchema)
  .meta({ description: 'locations such as $.body.profile_name, and what must stand there' });
