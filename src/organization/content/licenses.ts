import { type Asset, availableOf } from './asset-list.ts';
import type { TargetRef } from './assignment-table.ts';
import { MOST_ASSIGNMENTS } from './assignment-table.ts';
import type { LocationState } from './location.ts';

export const userTarget = (user: number): TargetRef => user * 2;
export const serialTarget = (number: number): TargetRef => number * 2 + 1;
export const isSerialTarget = (target: TargetRef): boolean => target % 2 === 1;
export const targetNumber = (target: TargetRef): number => target >> 1;

/** @returns the error, 0 if the pair is assigned now */
export function assign(location: LocationState, asset: Asset, target: TargetRef, version: number): number {
  if (availableOf(asset) <= 0 || location.assignments.size >= MOST_ASSIGNMENTS) {
    return location.assignments.has(asset.index, target) ? 0 : 9709;
  }
  if (location.assignments.add(asset.index, target, version)) asset.assigned += 1;
  return 0;
}

/** @returns whether the pair was assigned */
export function unassign(location: LocationState, asset: Asset, target: TargetRef, version: number): boolean {
  if (!location.assignments.remove(asset.index, target, version)) return false;
  asset.assigned -= 1;
  if (isSerialTarget(target) && !location.assignments.hasAny(target)) {
    location.serials.release(targetNumber(target));
  }
  return true;
}

/** Revokes every revocable asset of a target. @returns the assets */
export function unassignAll(location: LocationState, target: TargetRef, version: number): readonly Asset[] {
  const taken: Asset[] = [];
  for (const slot of location.assignments.ofTarget(target)) {
    const asset = location.assets.get(location.assignments.assetAt(slot))!;
    if (asset.revocable && unassign(location, asset, target, version)) taken.push(asset);
  }
  return taken;
}

/** A write to the assignments changes the counts of the assets too. */
export function assignmentsWritten(location: LocationState): void {
  location.versions.assignments += 1;
  location.versions.assets += 1;
}
