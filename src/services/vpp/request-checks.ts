import type { AppleError } from '../../core/apple-error.ts';
import { bodyText, type HttpRequest, parseBody } from '../../core/request.ts';
import type { Call } from '../../engine/service.ts';
import { type VppErrorName, vppError } from './errors.ts';

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

/** Rejects undocumented members if the behavior setting says so; some clients send them. */
export function unknownMember(
  { organization, request }: Pick<Call<unknown, unknown>, 'organization' | 'request'>,
  known: object,
): AppleError | undefined {
  if (organization.behavior.vpp.unknown_members === 'ignored') return undefined;
  const unknown = Object.keys(JSON.parse(bodyText(request) ?? '{}') as object).find(
    (name) => !Object.hasOwn(known, name),
  );
  return unknown === undefined
    ? undefined
    : vppError(
        '9602',
        `the body has the undocumented member \`${unknown}\`; the behavior setting unknown_members rejects it`,
      );
}

/** One at sign with text on both sides. Apple does not publish its rule. */
export const isEmail = (text: string): boolean =>
  text.length <= 320 && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text);

/** The serial numbers that a request names, under `serialNumbers` or in `assignments`. */
export function devicesIn(request: HttpRequest): readonly string[] {
  const body = parseBody(request);
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return [];
  const { serialNumbers, assignments } = body.value as {
    readonly serialNumbers?: unknown;
    readonly assignments?: unknown;
  };
  const assigned = Array.isArray(assignments)
    ? assignments.map((item: { readonly serialNumber?: unknown } | null) => item?.serialNumber)
    : [];
  const named: readonly unknown[] = [...(Array.isArray(serialNumbers) ? serialNumbers : []), ...assigned];
  return [...new Set(named.filter((serial) => typeof serial === 'string'))];
}
