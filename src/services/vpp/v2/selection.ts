import type { Location } from '../../../organization/content/location.ts';

const MOST_KEPT = 8;
const kept = new WeakMap<Location, Map<string, readonly number[]>>();

/** What a filter lets through, made once for a walk over its pages: the key names the filter and the version. */
export function selection(
  location: Location,
  key: string,
  select: () => readonly number[],
): readonly number[] {
  let selections = kept.get(location);
  if (selections === undefined) {
    selections = new Map();
    kept.set(location, selections);
  }
  const known = selections.get(key);
  if (known !== undefined) return known;
  const made = select();
  if (selections.size >= MOST_KEPT) selections.delete(selections.keys().next().value!);
  selections.set(key, made);
  return made;
}
