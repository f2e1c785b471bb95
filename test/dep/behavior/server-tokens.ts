import { createCertificates } from '../../../src/server/certificates.ts';
import { createControl } from '../../../src/server/control/index.ts';
import { OpensslFolder } from '../../pki/openssl.ts';
import type { Mdm } from '../mdm.ts';
import type { BehaviorCases } from './case.ts';

let certificate: Uint8Array | undefined;

function madeCertificate(): Uint8Array {
  const openssl = new OpensslFolder();
  try {
    openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 1 -subj /CN=mdm');
    return openssl.read('cert.pem');
  } finally {
    openssl.remove();
  }
}

/** The server token file as the portal hands it out, without its S/MIME head. */
async function tokenFile(mdm: Mdm): Promise<Buffer> {
  certificate ??= madeCertificate();
  const control = createControl(mdm.apple, {
    addresses: () => ({ url: 'http://127.0.0.1:8990' }),
    authority: createCertificates(mdm.apple).authority,
    pushCertificate: async () => {},
    allowHosts: [],
    showSecrets: false,
    version: '1',
    startedAt: 0,
  });
  const outcome = await control({
    method: 'POST',
    scheme: 'http',
    authority: '127.0.0.1:8990',
    path: '/_crabapple/token',
    query: '',
    headers: {},
    body: certificate,
    transport: { name: 'test' },
  });
  if (outcome.kind !== 'response' || outcome.status !== 200) throw new Error('no server token');
  return Buffer.from(String(outcome.body).split('\r\n\r\n')[1]!, 'base64');
}

/** Object identifiers of RFC 3565 and RFC 3370, as their DER bytes. */
const CIPHERS = {
  '608648016503040102': 'AES-128-CBC',
  '60864801650304012a': 'AES-256-CBC',
  '2a864886f70d0307': '3DES-CBC',
} as const;

const cipherOf = (file: Buffer): string | undefined =>
  Object.entries(CIPHERS).find(([oid]) => file.includes(Buffer.from(oid, 'hex')))?.[1];

export const SERVER_TOKEN_CASES = {
  token_cipher: {
    seen: async (mdm) => cipherOf(await tokenFile(mdm)),
    default: 'AES-128-CBC',
    off: [
      ['aes256', 'AES-256-CBC'],
      ['3des', '3DES-CBC'],
    ],
  },
  token_encoding: {
    // BER uses the indefinite length, DER does not.
    seen: async (mdm) => ((await tokenFile(mdm))[1] === 0x80 ? 'indefinite' : 'definite'),
    default: 'indefinite',
    off: [['der', 'definite']],
  },
  renewal_consumer_key: {
    seen: async (mdm) => {
      const former = mdm.credentials;
      await mdm.portal({ renew_server_token: true });
      return [mdm.credentials.consumer_key === former.consumer_key, (await mdm.openSession()).status];
    },
    default: [true, 200],
    off: [['new', [false, 200]]],
  },
} as const satisfies BehaviorCases;
