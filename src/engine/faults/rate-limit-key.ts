import { type HttpRequest, parseBody } from '../../core/request.ts';
import type { PathParameters } from '../path-pattern.ts';

type Members = Readonly<Record<string, unknown>>;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/**
 * The devices that a request is about, however its service says it: the token of a push, serial numbers of Device
 * Enrollment and of Apps and Books.
 */
export function devicesOf(request: HttpRequest, { token }: PathParameters): readonly string[] {
  if (token !== undefined) return [token.toLowerCase()];
  const body = parseBody(request);
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return [];
  const { device, devices, serialNumbers, assignments } = body.value as Members;
  const assigned = Array.isArray(assignments)
    ? assignments.map((item: Members | null) => item?.serialNumber)
    : [];
  return [...new Set([...texts([device]), ...texts(devices), ...texts(serialNumbers), ...texts(assigned)])];
}
