import type { DepErrorName } from '../../catalogue/dep/errors.ts';
import { AppleError } from '../../http/apple-error.ts';
import type { HeaderFields } from '../../http/request.ts';

/** @param why in plain words, for the log, the journal and `x-crabapple-why` */
export const depError = (
  name: DepErrorName,
  why: string,
  headers: HeaderFields = {},
): AppleError<DepErrorName> => new AppleError(name, why, headers);
