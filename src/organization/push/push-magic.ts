import { keyedHash } from '../../runtime/keyed-hash.ts';
import { mix32 } from '../../runtime/random.ts';
import type { DeviceRef } from '../device-ref.ts';

const hex = (word: number): string => word.toString(16).toUpperCase().padStart(8, '0');

/** The PushMagic of every device of an organization, by arithmetic: a UUID in upper case, as devices send it. */
export function createPushMagics(seed: string, organization: string): (device: DeviceRef) => string {
  const key = keyedHash(`push magic\u0000${seed}\u0000${organization}`, 'words');
  const [first = 0, second = 0, third = 0, fourth = 0] = new Uint32Array(key.slice().buffer);
  return (device) => {
    const high = Math.floor(device / 2 ** 24);
    const word = (own: number): number => mix32(mix32(own, high), device % 2 ** 24);
    const digits = hex(word(first)) + hex(word(second)) + hex(word(third)) + hex(word(fourth));
    const version = `4${digits.slice(13, 16)}`;
    const variant = `${'89AB'[Number.parseInt(digits[16]!, 16) & 3]}${digits.slice(17, 20)}`;
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${version}-${variant}-${digits.slice(20)}`;
  };
}
