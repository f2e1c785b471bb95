import { uuidOfWords } from '../../core/hexadecimal.ts';
import type { Random } from '../../core/random.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => text.length === 36 && UUID.test(text);

/** A random UUID in lower case. */
export const randomUuid = (random: Random): string =>
  uuidOfWords(random.uint32(), random.uint32(), random.uint32(), random.uint32());
