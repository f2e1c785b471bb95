/** Content of the server token file from Apple's portal. */
export interface ServerToken {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_secret: string;
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function hmacSha1(key: string, text: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const secret = await crypto.subtle.importKey('raw', bytes(key), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', secret, bytes(text));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

/** The `Authorization` header of a GET request: https://www.rfc-editor.org/rfc/rfc5849#section-3 */
export async function oauthHeader(token: ServerToken, url: string): Promise<string> {
  const parameters: Record<string, string> = {
    oauth_consumer_key: token.consumer_key,
    oauth_nonce: crypto.randomUUID(),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_token: token.access_token,
    oauth_version: '1.0',
  };
  const normalized = Object.keys(parameters)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(parameters[name]!)}`)
    .join('&');
  const base = `GET&${encoded(url)}&${encoded(normalized)}`;
  const key = `${encoded(token.consumer_secret)}&${encoded(token.access_secret)}`;
  const signed = { ...parameters, oauth_signature: await hmacSha1(key, base) };
  return `OAuth ${Object.entries(signed)
    .map(([name, value]) => `${name}="${encoded(value)}"`)
    .join(', ')}`;
}
