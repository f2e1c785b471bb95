const SEQUENCE = 0x30;
const INTEGER = 0x02;
const HALF = 32;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** One number of the signature at its full width, and where the next begins. */
function half(der: Uint8Array, at: number): { readonly bytes: Uint8Array; readonly end: number } | undefined {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== INTEGER || length === 0 || end > der.length) return undefined;
  const digits = der.subarray(at + 2, end);
  const plain = digits[0] === 0 ? digits.subarray(1) : digits;
  if (plain.length > HALF) return undefined;
  const bytes = new Uint8Array(HALF);
  bytes.set(plain, HALF - plain.length);
  return { bytes, end };
}

/**
 * The token with its signature as RFC 7518 section 3.4 wants it. pushy signs in DER, and Apple takes that:
 * https://github.com/jchambers/pushy/blob/main/pushy/src/main/java/com/eatthepath/pushy/apns/auth/ApnsKey.java
 */
export function withPlainSignature(token: string): string {
  const start = token.lastIndexOf('.') + 1;
  let der: Uint8Array;
  try {
    const binary = atob(token.slice(start).replaceAll('-', '+').replaceAll('_', '/'));
    der = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return token;
  }
  if (der.length === 2 * HALF || der[0] !== SEQUENCE || der[1] !== der.length - 2) return token;
  const first = half(der, 2);
  const second = first === undefined ? undefined : half(der, first.end);
  if (first === undefined || second === undefined || second.end !== der.length) return token;
  return token.slice(0, start) + base64url(Uint8Array.from([...first.bytes, ...second.bytes]));
}
