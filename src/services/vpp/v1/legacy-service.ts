import type { Operation, OperationRow } from '../../operation.ts';
import { operation } from '../../operation.ts';

/**
 * Where a service of v1 is found: under Apple's newer and original paths, beside v2 as Fleet calls it
 * (https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go), and at the root as Apple's simulator had it
 * (https://github.com/cmdmnt/commandment).
 */
const FAMILIES = ['/mdm/', '/WebObjects/MZFinance.woa/wa/', '/mdm/v2/', '/'] as const;

interface LegacyRow<Caller>
  extends Omit<OperationRow<Caller, Record<never, never>>, 'methods' | 'path' | 'body'> {
  readonly service: string;
}

/** Apple documents POST; clients GET the service config, and one sends a body with GET. */
export function legacyService<Caller>({ service, ...row }: LegacyRow<Caller>): readonly Operation[] {
  return FAMILIES.map((family) => operation({ ...row, methods: ['POST', 'GET'], path: family + service }));
}

/** The beginning of the paths of the family that a path belongs to. */
export const familyOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
