import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

const encoder = new TextEncoder();

/** HMAC-SHA256 of `label` under `key`: 32 bytes. All keys, tokens and identifiers are derived with it. */
export function keyedHash(key: string, label: string): Uint8Array {
  return hmac(sha256, encoder.encode(key), encoder.encode(label));
}

/** Upper-case hexadecimal digits of `bytes`. */
export function upperHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text.toUpperCase();
}
