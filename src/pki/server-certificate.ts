import { generateKeyPairSync } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { Authority } from './authority.ts';
import { contextPrimitive, sequence } from './der.ts';
import { OID } from './oids.ts';
import {
  DIGITAL_SIGNATURE,
  type Extension,
  extendedKeyUsage,
  NOT_AN_AUTHORITY,
  pem,
  publicKeyInfo,
  type Validity,
  writeCertificate,
} from './write-certificate.ts';

/** What a TLS server shows and signs with, in PEM. */
export interface ServerCertificate {
  /** The server's own, then the authority's. */
  readonly certificate: string;
  readonly privateKey: string;
}

/** A certificate with a fresh key for all these host names and addresses. */
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
        alternativeNames(names),
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

/** No name of a host has a colon. Node takes milliseconds before it tells the first IPv6 address from one. */
const isAddress = (name: string): boolean => isIPv4(name) || name.includes(':');

function alternativeNames(names: readonly string[]): Extension {
  const written = names.map((name) =>
    isAddress(name)
      ? contextPrimitive(IP_ADDRESS, addressBytes(name))
      : contextPrimitive(DNS_NAME, Buffer.from(name, 'latin1')),
  );
  return { identifier: OID.subjectAlternativeName, value: sequence(...written) };
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
