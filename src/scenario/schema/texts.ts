import * as z from 'zod/mini';
import { preciseInstant } from '../../core/clock.ts';
import { parseDuration } from '../../core/duration.ts';
import { described } from './described.ts';

const INSTANT =
  /^(?:\d{4}|[+-]\d{6})-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** `Date.parse` takes the thirtieth of February for the second of March. */
function isInstant(text: string): boolean {
  if (!INSTANT.test(text) || Number.isNaN(Date.parse(text))) return false;
  const [day = ''] = text.split('T');
  return new Date(Date.parse(day)).toISOString().startsWith(day);
}

const AN_INSTANT = 'expected an instant such as 2026-03-02T08:00:00Z';
const A_DURATION = 'expected a duration such as 500ms, 30s, 10m, 24h or 7d';

/** An instant in text, held in milliseconds since the epoch. */
export const instantText = described(
  z.codec(z.string(AN_INSTANT).check(z.refine(isInstant, AN_INSTANT)), z.number(), {
    decode: (text) => Date.parse(text),
    encode: preciseInstant,
  }),
  'An instant: 2026-03-02 or 2026-03-02T08:00:00Z',
);

/** A duration in text, held in milliseconds. */
export const durationText = described(
  z.codec(
    z.string(A_DURATION).check(z.refine((text) => parseDuration(text) !== undefined, A_DURATION)),
    z.number(),
    { decode: (text) => parseDuration(text)!, encode: (milliseconds) => `${milliseconds}ms` },
  ),
  'A duration: 500ms, 30s, 10m, 24h, 7d, 1h30m or 1 h 30 m',
);

export const filledText = z.string().check(z.minLength(1, 'must not be empty'));

/** Serial numbers, as Apple writes them. Real ones have ten to twelve characters; the simulator's had eighteen. */
export const serialNumber = described(
  z.string().check(z.regex(/^[0-9A-Z]{1,32}$/, 'a serial number has 1 to 32 upper-case letters and digits')),
  'Serial number: upper-case letters and digits',
);

/** Of one operation, or of all that a pattern stands for. */
export const operationPattern = described(filledText, 'operation name; * stands for any characters');
