import { APNS_ERRORS } from './apns/errors.ts';
import { DEP_ERRORS } from './dep/errors.ts';
import { type ErrorRow, rowOf } from './error-row.ts';
import type { ServiceName } from './service-name.ts';
import { VPP_ERRORS } from './vpp/errors.ts';

/** Apple's errors, by service and name. */
export const ERRORS = { dep: DEP_ERRORS, apns: APNS_ERRORS, vpp: VPP_ERRORS } as const satisfies Record<
  ServiceName,
  Readonly<Record<string, ErrorRow>>
>;

export const errorRow = (service: ServiceName, name: string): ErrorRow | undefined =>
  rowOf(ERRORS[service], name);
