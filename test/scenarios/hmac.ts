const encoder = new TextEncoder();

/** In base64, by what Node and browsers have both. */
export async function hmacSha1(key: string, text: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const secret = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', secret, encoder.encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}
