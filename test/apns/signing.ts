import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { PublicJwk } from '../../src/organization/push/push-key.ts';

export interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicJwk;
}

export async function keyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { x = '', y = '' } = await exportJWK(publicKey);
  return { privateKey, publicKey: { kty: 'EC', crv: 'P-256', x, y } };
}

export interface Claims {
  readonly kid: string;
  readonly iss: string;
  /** Seconds since the epoch. */
  readonly iat?: unknown;
}

/** A provider token, as a sender makes it. */
export function providerToken({ privateKey }: KeyPair, { kid, iss, iat }: Claims): Promise<string> {
  return new SignJWT({ iss, ...(iat === undefined ? {} : { iat: iat as number }) })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(privateKey);
}

/** The public half as a scenario file carries it. */
export async function publicPem({ publicKey }: KeyPair): Promise<string> {
  const { exportSPKI, importJWK } = await import('jose');
  return exportSPKI((await importJWK({ ...publicKey }, 'ES256', { extractable: true })) as CryptoKey);
}
