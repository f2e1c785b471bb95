import { EACH, type Step, simplePath } from '../engine/matching/location.ts';
import type { Field, FieldGroup } from '../services/field.ts';
import { FIELDS } from '../services/fields.ts';

interface PlacedGroup {
  readonly at: readonly Step[];
  readonly fields: readonly Field[];
}

const byOperation = new Map<string, PlacedGroup[]>();
for (const groups of Object.values(FIELDS) as readonly Readonly<Record<string, FieldGroup>>[]) {
  for (const { places, fields } of Object.values(groups)) {
    for (const { operation, at } of places) {
      const placed = { at: simplePath(at)!, fields };
      const known = byOperation.get(operation);
      if (known === undefined) byOperation.set(operation, [placed]);
      else known.push(placed);
    }
  }
}

const sameStep = (wanted: Step, given: Step): boolean => wanted === EACH || wanted === given;

const samePath = (wanted: readonly Step[], given: readonly Step[]): boolean =>
  wanted.length === given.length && wanted.every((step, index) => sameStep(step, given[index]!));

/** Operations in the field catalog, including those that Crabapple does not serve yet. */
export const CATALOGED_OPERATIONS: readonly string[] = [...byOperation.keys()];

/** Groups of fields of an operation, each with its place. */
export const groupsOf = (operation: string): readonly PlacedGroup[] => byOperation.get(operation) ?? [];

/** The fields at a place of an operation; undefined if the catalog has none there. */
export function fieldsAt(operation: string, at: readonly Step[]): readonly Field[] | undefined {
  const groups = groupsOf(operation).filter((group) => samePath(group.at, at));
  return groups.length === 0 ? undefined : groups.flatMap(({ fields }) => fields);
}

/** The catalog entry of the value at a location. */
export function fieldNamed(operation: string, steps: readonly Step[]): Field | undefined {
  const index = steps.findLastIndex((step) => typeof step === 'string');
  return fieldsAt(operation, steps.slice(0, index))?.find(({ name }) => name === steps[index]);
}

/** Members that contain fields of the catalog. */
export const containersAt = (operation: string, at: readonly Step[]): readonly string[] =>
  groupsOf(operation).flatMap((group) => {
    const next = group.at[at.length];
    return typeof next === 'string' && samePath(group.at.slice(0, at.length), at) ? [next] : [];
  });
