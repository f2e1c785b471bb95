import type { AppleError } from '../../../core/apple-error.ts';
import type { VppErrorName } from '../errors.ts';
import { vppError } from '../vpp-error.ts';

export interface ListRule {
  readonly member: string;
  readonly limit: number;
  readonly tooMany: VppErrorName;
  readonly twice: VppErrorName;
}

export function tooManyIn(
  list: readonly unknown[],
  { member, limit, tooMany }: ListRule,
): AppleError | undefined {
  return list.length > limit
    ? vppError(tooMany, `\`${member}\` has ${list.length} elements; ${limit} are allowed`)
    : undefined;
}

export function twiceIn(
  list: readonly string[],
  { member, twice }: Pick<ListRule, 'member' | 'twice'>,
): AppleError | undefined {
  const seen = new Set(list);
  if (seen.size === list.length) return undefined;
  const first = list.find((element, index) => list.indexOf(element) < index);
  return vppError(twice, `\`${member}\` names ${JSON.stringify(first)} twice`);
}

export function emptyIn(list: readonly string[], member: string): AppleError | undefined {
  return list.includes('') ? vppError('9602', `\`${member}\` has an empty element`) : undefined;
}
