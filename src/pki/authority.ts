import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import type { Sequence } from 'asn1js';
import { pem, sequence, taggedBytes } from './asn1.ts';
import {
  DIGITAL_SIGNATURE,
  extendedKeyUsage,
  extension,
  IS_AUTHORITY,
  type Issuer,
  keyIdentifier,
  NOT_AN_AUTHORITY,
  OID,
  publicKeyInfo,
  SIGNS_CERTIFICATES,
  type Validity,
  writeCertificate,
  writeSelfSignedCertificate,
} from './certificates.ts';

/** The certificate authority of a server: it signs server certificates and push certificates. */
export interface Authority extends Issuer {
  readonly certificate: X509Certificate;
  readonly certificatePem: string;
}

const NAME = [
  [OID.commonName, 'Crabapple Local Certification Authority'],
  [OID.organizationName, 'Crabapple'],
] as const;

/** P-256: generating the key takes a millisecond. */
export function createAuthority(validity: Validity): Authority {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = writeSelfSignedCertificate(privateKey, {
    subject: NAME,
    validity,
    extensions: [IS_AUTHORITY, SIGNS_CERTIFICATES],
  });
  return authorityOf(privateKey, pem('CERTIFICATE', certificate));
}

function authorityOf(key: KeyObject, certificatePem: string): Authority {
  const certificate = new X509Certificate(certificatePem);
  const identifier = keyIdentifier(publicKeyInfo(certificate.publicKey));
  return { name: NAME, key, keyIdentifier: identifier, certificate, certificatePem };
}

export class AuthorityError extends Error {
  override readonly name = 'AuthorityError';
}

interface AuthorityFiles {
  readonly certificate: string;
  readonly key: string;
}

export const CERTIFICATE_FILE = 'ca.pem';
const KEY_FILE = 'ca-key.pem';

const draftOf = (file: string): string => `${file}.new`;

/**
 * The authority in a folder, created there the first time: clients that trust it keep trusting it.
 * @throws AuthorityError if the files exist but cannot be used
 */
export function loadAuthority(folder: string, validity: Validity): Authority {
  const files = { certificate: join(folder, CERTIFICATE_FILE), key: join(folder, KEY_FILE) };
  finishWriting(files);
  const certificatePem = readIfPresent(files.certificate);
  const keyPem = readIfPresent(files.key);
  if (certificatePem === undefined && keyPem === undefined) {
    const authority = createAuthority(validity);
    mkdirSync(folder, { recursive: true });
    writeBoth(folder, files, authority);
    return authority;
  }
  if (certificatePem === undefined || keyPem === undefined) {
    const missing = certificatePem === undefined ? files.certificate : files.key;
    throw new AuthorityError(
      `${missing} is missing, its counterpart is there: put it back, or delete both for a new authority`,
    );
  }
  return readAuthority(certificatePem, keyPem, files);
}

/** @throws AuthorityError if the key does not belong to the certificate */
function readAuthority(
  certificatePem: string,
  keyPem: string,
  { certificate, key }: AuthorityFiles,
): Authority {
  let authority: Authority;
  try {
    authority = authorityOf(createPrivateKey(keyPem), certificatePem);
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

/** Both files are written and synced under draft names before either gets its name. */
function writeBoth(folder: string, { certificate, key }: AuthorityFiles, authority: Authority): void {
  const keyPem = authority.key.export({ type: 'pkcs8', format: 'pem' }) as string;
  writeDraft(key, keyPem, 0o600);
  writeDraft(certificate, authority.certificatePem, 0o666);
  syncFolder(folder);
  renameSync(draftOf(key), key);
  renameSync(draftOf(certificate), certificate);
  syncFolder(folder);
}

/** Renames the second draft if a server was killed between the two renames. */
function finishWriting({ certificate, key }: AuthorityFiles): void {
  for (const [present, missing] of [
    [key, certificate],
    [certificate, key],
  ] as const) {
    if (existsSync(present) && !existsSync(missing) && existsSync(draftOf(missing)))
      renameSync(draftOf(missing), missing);
  }
}

function writeDraft(file: string, text: string, mode: number): void {
  writeFileSync(draftOf(file), text, { mode });
  sync(draftOf(file), 'r+');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(folder: string): void {
  try {
    sync(folder, 'r');
  } catch {
    // Windows cannot open a folder.
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AuthorityError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** PEM. */
export interface ServerCertificate {
  /** The server's certificate, then the authority's. */
  readonly certificate: string;
  readonly privateKey: string;
}

/** A certificate with a new key for all these host names and IP addresses. */
export function issueServerCertificate(
  authority: Authority,
  names: readonly string[],
  validity: Validity,
): ServerCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = writeCertificate(
    {
      subject: [[OID.commonName, 'Crabapple']],
      publicKey: publicKeyInfo(publicKey),
      validity,
      extensions: [
        NOT_AN_AUTHORITY,
        DIGITAL_SIGNATURE,
        extendedKeyUsage(OID.serverAuthentication),
        subjectAlternativeName(names),
      ],
    },
    authority,
  );
  return {
    certificate: pem('CERTIFICATE', certificate) + authority.certificatePem,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** A host name has no colon. `isIPv6` takes milliseconds the first time. */
const isAddress = (name: string): boolean => isIPv4(name) || name.includes(':');

function subjectAlternativeName(names: readonly string[]): Sequence {
  const generalNames = names.map((name) =>
    isAddress(name)
      ? taggedBytes(IP_ADDRESS, addressBytes(name))
      : taggedBytes(DNS_NAME, Buffer.from(name, 'latin1')),
  );
  return extension(OID.subjectAlternativeName, sequence(...generalNames));
}

function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string): readonly number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = new Array<number>(8 - first.length - last.length).fill(0);
  return Uint8Array.from([...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 0xff]));
}
