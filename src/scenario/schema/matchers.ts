import * as z from 'zod/mini';
import { isSubject, SUBJECTS } from '../../engine/matching/location.ts';
import { VALUE_TYPES } from '../../engine/matching/matcher.ts';
import { described, filledText } from './texts.ts';

const range = { at_least: z.optional(z.number()), at_most: z.optional(z.number()) };

export const ownershipSchema = z.union([
  z.enum(['organization', 'mdm_server']),
  z.strictObject({ mdm_server: filledText }),
]);

const members = {
  equals: z.optional(z.unknown()),
  one_of: z.optional(z.array(z.unknown()).check(z.minLength(1))),
  matches: described(z.optional(filledText), 'regular expression in the syntax of RE2'),
  contains: described(z.optional(z.unknown()), 'part of a text, or item of a list'),
  ...range,
  length: described(
    z.optional(z.union([z.int().check(z.minimum(0)), z.strictObject(range)])),
    'characters of a text, items of a list, members of an object',
  ),
  type: z.optional(z.enum(VALUE_TYPES)),
  serial_of: described(
    z.optional(ownershipSchema),
    'serial number of a device: of the organization, of the MDM server that sent the request, or of a named MDM server',
  ),
  profile_of: described(
    z.optional(ownershipSchema),
    'profile_uuid of a profile: of the organization, of the MDM server that sent the request, or of a named MDM server',
  ),
  push_magic: described(z.optional(z.literal('of_device')), "the device's own PushMagic"),
};

/** Reports an empty matcher, unless the schema reported something already. */
const notEmpty = (matcher: object, context: z.core.$RefinementCtx): void => {
  if (context.issues.length === 0 && Object.keys(matcher).length === 0) {
    context.addIssue({ code: 'custom', message: 'the matcher is empty' });
  }
};

const words = z.enum(['present', 'absent']);

export const plainMatcher = z.union([words, z.strictObject(members).check(z.superRefine(notEmpty))]);

const matcherMembers = z
  .strictObject({ ...members, not: z.optional(plainMatcher) })
  .check(z.superRefine(notEmpty));

/** What a value must be. All members must hold. `not` negates the members inside of it. */
export const matcherSchema = z.union([
  z.pipe(
    z.enum(['present', 'absent', 'of_device']),
    z.transform((word) => (word === 'of_device' ? { push_magic: word } : word)),
  ),
  matcherMembers,
  z.pipe(
    z.number(),
    z.transform((equals) => ({ equals })),
  ),
  z.pipe(
    z.boolean(),
    z.transform((equals) => ({ equals })),
  ),
]);

const subjects = Object.keys(SUBJECTS);

const location = z
  .string()
  .check(
    z.refine(
      (text) => text.startsWith('$') || isSubject(text),
      `a location is a JSONPath that starts with $, or one of ${subjects.join(', ')}`,
    ),
  );

export const whereSchema = described(
  z.record(location, matcherSchema),
  'locations such as $.body.profile_name, each with what its value must be',
);
