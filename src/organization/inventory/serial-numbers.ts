import { createPermutation } from '../../core/permutation.ts';
import { type SerialFormatName, serialFormats } from './serial-format.ts';

/** The most devices that one generated group can have; the smallest serial format has room for two million such groups. */
export const GROUP_CAPACITY = 2 ** 24;

/** The number of a generated device within its organization: group * GROUP_CAPACITY + index. */
export function refOf(group: number, index: number): number {
  return group * GROUP_CAPACITY + index;
}

export function groupOf(ref: number): number {
  return Math.floor(ref / GROUP_CAPACITY);
}

export function indexOf(ref: number): number {
  return ref % GROUP_CAPACITY;
}

/** The device of a serial number, if its group exists and the device has a serial number of this format. */
export interface SerialReference {
  readonly format: SerialFormatName;
  readonly ref: number;
}

export interface SerialNumbers {
  serialOf(format: SerialFormatName, ref: number): string;
  /** Undefined if the text has no format. No text has two. */
  referenceOf(serial: string): SerialReference | undefined;
}

/** Serial numbers of all generated devices of a seed, computed both ways without a map. */
export function createSerialNumbers(seed: string): SerialNumbers {
  const numberings = serialFormats.map((format) => ({
    format,
    permutation: createPermutation(`serial numbers ${format.name}\u0000${seed}`, format.size),
  }));
  const byName = new Map(numberings.map((numbering) => [numbering.format.name, numbering]));

  return {
    serialOf(name, ref) {
      const { format, permutation } = byName.get(name)!;
      return format.encode(permutation.forward(ref));
    },
    referenceOf(serial) {
      for (const { format, permutation } of numberings) {
        const value = format.decode(serial);
        if (value !== undefined) return { format: format.name, ref: permutation.backward(value) };
      }
      return undefined;
    },
  };
}

/** A device of an organization: group number and index in one number. */
export type DeviceRef = number;
