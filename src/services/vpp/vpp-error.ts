import { AppleError } from '../../core/apple-error.ts';
import type { HeaderFields } from '../../core/request.ts';
import type { VppErrorName } from './errors.ts';

/** What an error is about, as `errorInfo` tells it. */
export interface ErrorInfo {
  readonly assets?: readonly unknown[];
  readonly clientUserIds?: readonly string[];
  readonly serialNumbers?: readonly string[];
}

export class VppError extends AppleError<VppErrorName> {
  readonly info: ErrorInfo | undefined;

  constructor(name: VppErrorName, why: string, headers: HeaderFields, info: ErrorInfo | undefined) {
    super(name, why, headers);
    this.info = info;
  }
}

/** @param why in plain words, for the log, the journal and `x-crabapple-why` */
export const vppError = (name: VppErrorName, why: string, info?: ErrorInfo): VppError =>
  new VppError(name, why, {}, info);
