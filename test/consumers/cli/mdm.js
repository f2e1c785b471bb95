// What `crabapple exec` runs: the walk over the plain port, and a push over TLS and HTTP/2 with the certificate given.
import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { enrolledDevices, expectTen } from '../shared/dep-client.js';

const { env } = process;
const serverToken = {
  consumer_key: env.CRABAPPLE_CONSUMER_KEY,
  consumer_secret: env.CRABAPPLE_CONSUMER_SECRET,
  access_token: env.CRABAPPLE_ACCESS_TOKEN,
  access_secret: env.CRABAPPLE_ACCESS_SECRET,
};
const found = expectTen(await enrolledDevices(fetch, env.CRABAPPLE_URL, serverToken));

const { devices } = await (await fetch(`${env.CRABAPPLE_URL}/_crabapple/devices?limit=1`)).json();
const [device] = devices;
const session = connect(env.CRABAPPLE_TLS_URL, {
  ca: readFileSync(env.CRABAPPLE_CA_FILE),
  cert: readFileSync(env.CRABAPPLE_PUSH_CERT_FILE),
  key: readFileSync(env.CRABAPPLE_PUSH_KEY_FILE),
});
const status = await new Promise((resolve, reject) => {
  session.once('error', reject);
  const push = session.request({
    ':method': 'POST',
    ':path': `/3/device/${device.push_token}`,
    'apns-topic': env.CRABAPPLE_PUSH_TOPIC,
  });
  push.once('error', reject);
  push.once('response', (headers) => resolve(headers[':status']));
  push.end(JSON.stringify({ mdm: device.push_magic }));
});
session.close();
if (status !== 200) throw new Error(`the push returned ${status}`);
console.log(`mdm: ${found}, 1 push`);
