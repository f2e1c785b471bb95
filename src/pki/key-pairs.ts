import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { publicKeyInfo } from './write-certificate.ts';

/** A fresh key, in the forms in which it is handed out. */
export interface KeyPair {
  /** PKCS#8 in PEM. */
  readonly privateKeyPem: string;
  /** PKCS#8 in DER. */
  readonly privateKey: Uint8Array;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
}

const generate = promisify(generateKeyPair);

/** For push certificates: https://developer.apple.com/documentation/devicemanagement/setting-up-push-notifications-for-your-mdm-customers */
export async function generateRsaKey(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 });
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
    publicKey: publicKeyInfo(publicKey),
  };
}

export interface PushKeyPair {
  /** The `.p8` file that the developer portal lets one download once. */
  readonly p8: string;
  readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
}

/** For provider tokens: https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns */
export async function generatePushKey(): Promise<PushKeyPair> {
  const { privateKey, publicKey } = await generate('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  return {
    p8: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: { kty: 'EC', crv: 'P-256', x: x!, y: y! },
  };
}
