import * as z from 'zod/mini';
import { preciseInstant } from '../../core/clock.ts';
import { parseDuration } from '../../core/duration.ts';

/** A copy of the schema with a description for editors and the docs. */
export function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  const same = schema.clone(schema.def);
  z.globalRegistry.add(same, { description });
  return same;
}

const INSTANT =
  /^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Rejects dates such as February 30, which `Date.parse` reads as March 2. */
function isInstant(text: string): boolean {
  if (!INSTANT.test(text) || Number.isNaN(Date.parse(text))) return false;
  const [day = ''] = text.split('T');
  return new Date(Date.parse(day)).toISOString().startsWith(day);
}

const AN_INSTANT = 'expected an instant such as 2026-03-02T08:00:00Z';
const A_DURATION = 'expected a duration such as 500ms, 30s, 10m, 24h or 7d';

/** An instant: text in files, milliseconds since the epoch in memory. */
export const instantText = described(
  z.codec(z.string(AN_INSTANT).check(z.refine(isInstant, AN_INSTANT)), z.number(), {
    decode: (text) => Date.parse(text),
    encode: preciseInstant,
  }),
  'An instant: 2026-03-02 or 2026-03-02T08:00:00Z',
);

/** A duration: text in files, milliseconds in memory. */
export const durationText = described(
  z.codec(
    z.string(A_DURATION).check(z.refine((text) => parseDuration(text) !== undefined, A_DURATION)),
    z.number(),
    { decode: (text) => parseDuration(text)!, encode: (milliseconds) => `${milliseconds}ms` },
  ),
  'A duration: 500ms, 30s, 10m, 24h, 7d, 1h30m or 1 h 30 m',
);

export const filledText = z.string().check(z.minLength(1, 'must not be empty'));

/** Serial numbers in Apple's form. Real devices have 10 to 12 characters; Apple's former simulator used 18. */
export const serialNumber = described(
  z.string().check(z.regex(/^[0-9A-Z]{1,32}$/, 'a serial number has 1 to 32 upper-case letters and digits')),
  'Serial number: upper-case letters and digits',
);

/** The name of an operation, or a pattern. */
export const operationPattern = described(filledText, 'operation name; * matches any characters');

/** Hexadecimal, two digits a byte. Real push tokens have 32 bytes; other lengths are accepted. */
export const pushToken = described(
  z
    .string()
    .check(z.regex(/^(?:[0-9a-f]{2}){1,512}$/i, 'a push token has hexadecimal digits, two for each byte')),
  'push token in hexadecimal; Apple’s have 64 digits',
);

export const pushTopic = z
  .string()
  .check(
    z.regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/,
      'a topic looks like com.apple.mgmt.External.… or a bundle id',
    ),
  );
