import { AppleError } from '../../core/apple-error.ts';
import type { HeaderFields } from '../../core/request.ts';
import type { DepErrorName } from './errors.ts';

/** @param why in plain words, for the log, the journal and `x-crabapple-why` */
export const depError = (
  name: DepErrorName,
  why: string,
  headers: HeaderFields = {},
): AppleError<DepErrorName> => new AppleError(name, why, headers);
