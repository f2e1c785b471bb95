import { wordHex as hex } from '../../core/hexadecimal.ts';
import { keyedHash } from '../../core/keyed-hash.ts';
import { organizationTag } from '../../core/organization-tag.ts';
import { createPermutation } from '../../core/permutation.ts';
import { mix32 } from '../../core/random.ts';
import type { DeviceRef } from '../device-ref.ts';

/** Push tokens of all devices of one organization, with the way back, and without a map. */
export interface PushTokens {
  /** 64 hexadecimal digits in lower case. */
  tokenOf(device: DeviceRef): string;
  /** Undefined for every text that is no token made here. */
  deviceOf(token: string): DeviceRef | undefined;
  /** What all of these tokens show of their organization: see `tagOf`. */
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

/** Digit by digit: it stands on the way of every push, and `parseInt` would want a text for each word. */
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
 * The mark of seed and organization that a generated token carries, so that a push that says nothing else finds its
 * organization. Any other text of that length gives a mark that nobody has. The plain tag in front is for proxies; with
 * 24 bits it is too short to tell the organizations of one server apart.
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
