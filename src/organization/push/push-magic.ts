import { uuidOfWords } from '../../core/hexadecimal.ts';
import { keyedHash } from '../../core/keyed-hash.ts';
import { mix32 } from '../../core/random.ts';
import type { DeviceRef } from '../device-ref.ts';

/** The PushMagic of every device of an organization, by arithmetic: a UUID in upper case, as devices send it. */
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
