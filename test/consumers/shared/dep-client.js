// The smallest MDM server: it opens a session with its server token, reads its account and all of its devices.

const percentEncoded = (text) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** RFC 5849 with HMAC-SHA1, by the cryptography that browsers and Node share. */
async function oauthHeader(url, token) {
  const fields = {
    oauth_consumer_key: token.consumer_key,
    oauth_nonce: Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16)).join(''),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_token: token.access_token,
    oauth_version: '1.0',
  };
  const parameters = Object.entries(fields).map(([name, value]) => `${name}=${percentEncoded(value)}`);
  const base = ['GET', url, parameters.join('&')].map(percentEncoded).join('&');
  const secrets = `${percentEncoded(token.consumer_secret)}&${percentEncoded(token.access_secret)}`;
  const bytes = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', bytes.encode(secrets), algorithm, false, ['sign']);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(base)));
  const written = { ...fields, oauth_signature: btoa(String.fromCharCode(...signature)) };
  return `OAuth ${Object.entries(written)
    .map(([name, value]) => `${name}="${percentEncoded(value)}"`)
    .join(', ')}`;
}

async function jsonOf(response) {
  if (response.status === 200) return response.json();
  throw new Error(`${response.status} ${await response.text()} (${response.headers.get('x-crabapple-why')})`);
}

/** Session, account, devices page by page; `ask` is `fetch` or something of its shape. */
export async function enrolledDevices(ask, url, token) {
  const agent = { 'user-agent': 'consumer/1.0', 'x-server-protocol-version': '3' };
  const authorization = await oauthHeader(`${url}/session`, token);
  const session = await jsonOf(await ask(`${url}/session`, { headers: { ...agent, authorization } }));
  const headers = {
    ...agent,
    'content-type': 'application/json',
    'x-adm-auth-session': session.auth_session_token,
  };
  const account = await jsonOf(await ask(`${url}/account`, { headers }));
  const devices = [];
  for (let page = { more_to_follow: true }; page.more_to_follow; devices.push(...page.devices)) {
    const body = JSON.stringify({ limit: 4, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) });
    page = await jsonOf(await ask(`${url}/server/devices`, { method: 'POST', headers, body }));
  }
  return { account, devices };
}

/** Throws where a walk did not find what `scenario.js` has. */
export function expectTen({ account, devices }) {
  const found = `${account.org_name}: ${devices.length} devices`;
  if (found !== 'Orchard: 10 devices') throw new Error(`found ${found}`);
  return found;
}
