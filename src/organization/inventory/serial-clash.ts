import type { DeviceItem } from '../definition.ts';
import { createGeneratedGroup } from './generated-group.ts';
import type { Numbering } from './numbering.ts';
import { groupOf, indexOf } from './serial-numbers.ts';

/**
 * A serial number that a named device has and that a generated device among the items would have too.
 * @param runs items as they are added, run by run: each `generate` makes a group, and so do named devices in a row
 * @param firstNumber number of the first group that they make
 * @param others serial numbers of devices that were named before
 */
export function serialClash(
  numbering: Numbering,
  runs: readonly (readonly DeviceItem[])[],
  firstNumber: number,
  others: Iterable<string>,
): string | undefined {
  const groups = new Map<number, ReturnType<typeof createGeneratedGroup>>();
  const named: string[] = [];
  let number = firstNumber;
  for (const items of runs) {
    items.forEach((item, index) => {
      if ('generate' in item) {
        // Serial numbers do not depend on how many devices came before.
        groups.set(number, createGeneratedGroup(numbering, { number, firstOrdinal: 0 }, item));
        number += 1;
        return;
      }
      named.push(item.serial_number);
      const next = items[index + 1];
      if (next === undefined || 'generate' in next) number += 1;
    });
  }
  const clashes = (serial: string): boolean => {
    const reference = numbering.serialNumbers.referenceOf(serial);
    if (reference === undefined) return false;
    const group = groups.get(groupOf(reference.ref));
    const index = indexOf(reference.ref);
    return group !== undefined && index < group.count && group.kind(index).serialFormat === reference.format;
  };
  if (groups.size === 0) return undefined;
  for (const serial of named) if (clashes(serial)) return serial;
  for (const serial of others) if (clashes(serial)) return serial;
  return undefined;
}
