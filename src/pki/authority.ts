import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { sequence, TRUE } from './der.ts';
import { OID } from './oids.ts';
import {
  type Extension,
  type Issuer,
  keyIdentifier,
  pem,
  publicKeyInfo,
  type Validity,
  writeCertificate,
  writeName,
} from './write-certificate.ts';

/** A certificate authority of one's own: signs server certificates and push certificates. */
export interface Authority extends Issuer {
  readonly certificate: X509Certificate;
  readonly certificatePem: string;
}

const NAME = [
  [OID.commonName, 'Crabapple Local Certification Authority'],
  [OID.organizationName, 'Crabapple'],
] as const;

const IS_AUTHORITY: Extension = {
  identifier: OID.basicConstraints,
  critical: true,
  value: sequence(TRUE),
};

/** keyCertSign and cRLSign. */
const SIGNS_CERTIFICATES: Extension = {
  identifier: OID.keyUsage,
  critical: true,
  value: Uint8Array.of(0x03, 0x02, 0x01, 0x06),
};

/** P-256: its key is there in a millisecond. */
export function createAuthority(validity: Validity): Authority {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return ofCertificate(privateKey, certify(privateKey, validity));
}

function certify(key: KeyObject, validity: Validity): string {
  const publicKey = publicKeyInfo(createPublicKey(key));
  const issuer = { name: writeName(NAME), key, keyIdentifier: keyIdentifier(publicKey) };
  const extensions = [IS_AUTHORITY, SIGNS_CERTIFICATES];
  return pem('CERTIFICATE', writeCertificate({ subject: NAME, publicKey, validity, extensions }, issuer));
}

function ofCertificate(key: KeyObject, certificatePem: string): Authority {
  const certificate = new X509Certificate(certificatePem);
  const identifier = keyIdentifier(publicKeyInfo(certificate.publicKey));
  return { name: writeName(NAME), key, keyIdentifier: identifier, certificate, certificatePem };
}

export class AuthorityError extends Error {
  override readonly name = 'AuthorityError';
}

export interface AuthorityFiles {
  readonly certificate: string;
  readonly key: string;
}

/** @throws AuthorityError where the two do not belong together */
export function readAuthority(certificatePem: string, keyPem: string, names: AuthorityFiles): Authority {
  const { certificate, key } = names;
  let authority: Authority;
  try {
    authority = ofCertificate(createPrivateKey(keyPem), certificatePem);
  } catch (error) {
    throw new AuthorityError(
      `${certificate} or ${key} is damaged (${(error as Error).message}): delete both for a new authority`,
    );
  }
  if (!authority.certificate.checkPrivateKey(authority.key)) {
    throw new AuthorityError(`${key} is not the key of ${certificate}: delete both for a new authority`);
  }
  return authority;
}
