import { percentEncode, signatureOf } from '../../src/services/dep/oauth.ts';

export interface ServerToken {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_secret: string;
}

let nonces = 0;

/** The `Authorization` header of one `GET /session`. */
export function sessionAuthorization(url: string, token: ServerToken): string {
  nonces += 1;
  const parameters: readonly (readonly [string, string])[] = [
    ['oauth_consumer_key', token.consumer_key],
    ['oauth_nonce', `bench${process.pid}n${nonces}`],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', String(Math.floor(Date.now() / 1000))],
    ['oauth_token', token.access_token],
    ['oauth_version', '1.0'],
  ];
  const signature = signatureOf(
    { method: 'GET', url: `${url}/session`, parameters },
    token.consumer_secret,
    token.access_secret,
  );
  const signed = [...parameters, ['oauth_signature', signature] as const];
  return `OAuth ${signed.map(([name, value]) => `${name}="${percentEncode(value)}"`).join(', ')}`;
}

/** Opens a session. @returns the header fields of its calls */
export async function openSession(url: string, token: ServerToken): Promise<Record<string, string>> {
  const response = await fetch(`${url}/session`, {
    headers: { authorization: sessionAuthorization(url, token), 'user-agent': 'bench' },
  });
  const { auth_session_token } = (await response.json()) as { auth_session_token: string };
  return {
    'x-adm-auth-session': auth_session_token,
    'x-server-protocol-version': '10',
    'user-agent': 'bench',
    'content-type': 'application/json;charset=UTF8',
  };
}
