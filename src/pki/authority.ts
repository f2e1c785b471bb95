import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

export const CERTIFICATE_FILE = 'ca.pem';
const KEY_FILE = 'ca-key.pem';

export class AuthorityError extends Error {
  override readonly name = 'AuthorityError';
}

/**
 * The authority kept in a folder, made there the first time. What clients were told to trust goes on being trusted.
 * @throws AuthorityError where the files are there and cannot be used
 */
export function loadAuthority(folder: string, validity: Validity): Authority {
  const certificateFile = join(folder, CERTIFICATE_FILE);
  const keyFile = join(folder, KEY_FILE);
  const certificatePem = readIfThere(certificateFile);
  const keyPem = readIfThere(keyFile);
  if (certificatePem === undefined && keyPem === undefined) {
    const authority = createAuthority(validity);
    mkdirSync(folder, { recursive: true });
    writeFileSync(keyFile, authority.key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    writeFileSync(certificateFile, authority.certificatePem);
    return authority;
  }
  if (certificatePem === undefined || keyPem === undefined) {
    const missing = certificatePem === undefined ? certificateFile : keyFile;
    throw new AuthorityError(
      `${missing} is missing, its counterpart is there: put it back, or delete both for a new authority`,
    );
  }
  return readAuthority(certificatePem, keyPem, certificateFile, keyFile);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AuthorityError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function readAuthority(
  certificatePem: string,
  keyPem: string,
  certificateFile: string,
  keyFile: string,
): Authority {
  let authority: Authority;
  try {
    authority = ofCertificate(createPrivateKey(keyPem), certificatePem);
  } catch (error) {
    throw new AuthorityError(
      `${certificateFile} or ${keyFile} is damaged (${(error as Error).message}): delete both for a new authority`,
    );
  }
  if (!authority.certificate.checkPrivateKey(authority.key)) {
    throw new AuthorityError(
      `${keyFile} is not the key of ${certificateFile}: delete both for a new authority`,
    );
  }
  return authority;
}
