import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';

/** SHA-256 as lower-case hexadecimal. */
export type Sha256 = (bytes: Uint8Array) => string;

/** Works everywhere; a host with a native digest hands its own in, which is many times faster on large bodies. */
export const sha256: Sha256 = (bytes) => {
  let text = '';
  for (const byte of portableSha256(bytes)) text += byte.toString(16).padStart(2, '0');
  return text;
};
