import { wordHex as hex, uuidOfWords } from '../../core/hexadecimal.ts';
import { keyedHash } from '../../core/keyed-hash.ts';
import { organizationTag } from '../../core/organization-tag.ts';
import { createPermutation } from '../../core/permutation.ts';
import { mix32 } from '../../core/random.ts';
import type { DeviceRef } from '../inventory/serial-numbers.ts';

/** Push tokens of all devices of one organization, computed both ways without a map. */
export interface PushTokens {
  /** 64 hexadecimal digits in lower case. */
  tokenOf(device: DeviceRef): string;
  /** Undefined for any text that is not one of these tokens. */
  deviceOf(token: string): DeviceRef | undefined;
  /** The tag of the organization in all of these tokens: see `tagOf`. */
  readonly tag: string;
}

const LENGTH = 64;
const WORD = 8;

/**
 * Eight words of 32 bits. Word 0 starts with the tag of the organization, in plain; its last byte is a check. The
 * permuted device takes word 1 and 20 bits of word 2.
 */
const LOW = 2 ** 20;
const DEVICES = 2 ** 52;

/** Words 3 to 6 say that the token was made here; the last one says for which seed and organization. */
const CHECKS = [3, 4, 5, 6] as const;
const TAG = 7;

const TAG_KEY = 0x43524142;

function digitValue(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = (code | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : undefined;
}

/** Digit by digit: it runs for every push, and `parseInt` would need a text for each word. */
function wordAt(token: string, place: number): number {
  let word = 0;
  for (let index = place * WORD; index < place * WORD + WORD; index += 1) {
    const value = digitValue(token.charCodeAt(index));
    if (value === undefined) return Number.NaN;
    word = word * 16 + value;
  }
  return word;
}

const mixed = (key: number, first: number, second: number): number => mix32(mix32(key, first), second);

/**
 * The mark of seed and organization in a generated token: a push without another credential finds its organization by
 * it. Any other text of that length gives a mark that no organization has. The plain tag at the start is for proxies;
 * with 24 bits it is too short to distinguish the organizations of one server.
 */
export function tagOf(token: string): string | undefined {
  if (token.length !== LENGTH) return undefined;
  const word = (wordAt(token, TAG) ^ mixed(TAG_KEY, wordAt(token, 1), wordAt(token, 2))) >>> 0;
  return Number.isNaN(word) ? undefined : hex(word);
}

export function createPushTokens(seed: string, organization: string): PushTokens {
  const key = `push tokens\u0000${seed}\u0000${organization}`;
  const permutation = createPermutation(key, DEVICES);
  const words = new Uint32Array(keyedHash(key, 'words').slice().buffer);
  const ownTag = words[TAG]!;
  const plainTag = Number.parseInt(organizationTag(organization), 16);

  const taggedWord = (first: number, second: number): number =>
    plainTag * 2 ** 8 + (mixed(words[1]!, first, second) & 0xff);
  const secondWord = (first: number, low: number): number =>
    ((low << 12) | (mixed(words[0]!, first, low) & 0xfff)) >>> 0;

  return {
    tag: hex(ownTag),
    tokenOf(device) {
      const value = permutation.forward(device);
      const first = Math.floor(value / LOW);
      const second = secondWord(first, value % LOW);
      let token = hex(taggedWord(first, second)) + hex(first) + hex(second);
      for (const place of CHECKS) token += hex(mixed(words[place]!, first, second));
      return token + hex(ownTag ^ mixed(TAG_KEY, first, second));
    },
    deviceOf(token) {
      if (token.length !== LENGTH) return undefined;
      const first = wordAt(token, 1);
      const second = wordAt(token, 2);
      const low = second >>> 12;
      if (wordAt(token, 0) !== taggedWord(first, second)) return undefined;
      if (secondWord(first, low) !== second) return undefined;
      for (const place of CHECKS) {
        if (wordAt(token, place) !== mixed(words[place]!, first, second)) return undefined;
      }
      if ((wordAt(token, TAG) ^ mixed(TAG_KEY, first, second)) >>> 0 !== ownTag) return undefined;
      return permutation.backward(first * LOW + low);
    },
  };
}

/** The PushMagic of every device of an organization, computed: a UUID in upper case, as devices send it. */
export function createPushMagics(seed: string, organization: string): (device: DeviceRef) => string {
  const key = keyedHash(`push magic\u0000${seed}\u0000${organization}`, 'words');
  const [first = 0, second = 0, third = 0, fourth = 0] = new Uint32Array(key.slice().buffer);
  return (device) => {
    const high = Math.floor(device / 2 ** 24);
    const low = device % 2 ** 24;
    const word = (own: number): number => mix32(mix32(own, high), low);
    return uuidOfWords(word(first), word(second), word(third), word(fourth)).toUpperCase();
  };
}
