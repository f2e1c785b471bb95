import type { DeviceItem } from '../definition.ts';
import { createGeneratedGroup } from './generated-group.ts';
import { groupOf, indexOf, type SerialNumbers } from './serial-numbers.ts';

/**
 * A serial number that a named device has and that a generated device among the items would have too.
 * @param runs items as they are added, run by run: each `generate` makes a group, and so do named devices in a row
 * @param firstNumber number of the first group that they make
 * @param others serial numbers of devices that were named before
 */
export function serialClash(
  seed: string,
  serialNumbers: SerialNumbers,
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
        groups.set(number, createGeneratedGroup(seed, serialNumbers, number, item));
        number += 1;
        return;
      }
      named.push(item.serial_number);
      const next = items[index + 1];
      if (next === undefined || 'generate' in next) number += 1;
    });
  }
  const clashes = (serial: string): boolean =>
    (serialNumbers.refsOf(serial) ?? []).some(({ ref }) => {
      const group = groups.get(groupOf(ref));
      return (
        group !== undefined &&
        indexOf(ref) < group.count &&
        group.facts(indexOf(ref)).serial_number === serial
      );
    });
  if (groups.size === 0) return undefined;
  for (const serial of named) if (clashes(serial)) return serial;
  for (const serial of others) if (clashes(serial)) return serial;
  return undefined;
}
