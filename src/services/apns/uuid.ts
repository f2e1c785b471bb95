import type { Random } from '../../runtime/random.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => text.length === 36 && UUID.test(text);

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** A random UUID (version 4) in lower case. */
export function randomUuid(random: Random): string {
  const second = hex(((random.uint32() & 0xffff0fff) | 0x4000) >>> 0);
  const third = hex(((random.uint32() & 0x3fffffff) | 0x80000000) >>> 0);
  return `${hex(random.uint32())}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${hex(random.uint32())}`;
}
