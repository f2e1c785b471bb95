import { AppleError } from '../../core/apple-error.ts';
import type { ApnsReason } from './errors.ts';

/** @param why in plain words, for the log, the journal and `x-crabapple-why` */
export const apnsError = (
  name: ApnsReason,
  why: string,
  members: Readonly<Record<string, unknown>> = {},
): AppleError<ApnsReason> => new AppleError(name, why, {}, members);

/** A token that is out of use, with the time since when: milliseconds, a whole number. */
export const unregistered = (since: number, why: string): AppleError<ApnsReason> =>
  apnsError('Unregistered', why, { timestamp: Math.floor(since) });
