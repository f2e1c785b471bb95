import { randomBytes as systemRandomBytes, X509Certificate } from 'node:crypto';
import type { AsnType } from 'asn1js';
import { instant } from '../core/clock.ts';
import type { RandomBytes } from './algorithms.ts';
import { childrenOf, type PemBlock, parseAsn1, pemBlocks } from './asn1.ts';
import { publicKeyOf } from './certificates.ts';
import { type EnvelopeForm, encryptFor, type Recipient, recipientOf } from './enveloped-data.ts';

export interface ServerTokenContent {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_secret: string;
  /** ISO 8601 in UTC; Apple's tokens have no fraction of a second: `2026-01-17T11:02:21Z`. */
  readonly access_token_expiry: string;
}

/**
 * As in a token from Apple. Older ones were encrypted with 3DES
 * (https://github.com/cmdmnt/commandment/blob/master/commandment/dep/smime.py).
 */
const DEFAULT_FORM: EnvelopeForm = { cipher: 'aes-128-cbc', encoding: 'ber' };

/**
 * The `.p7m` file that Apple Business Manager returns for an MDM server, encrypted for the certificate. Modeled on a
 * token from Apple (https://github.com/petarov/apple-mdm-clients, device-assignment-client/src/test/resources).
 * @throws CertificateError if nothing can be encrypted for the certificate
 */
export function encryptServerToken(
  content: ServerTokenContent,
  certificate: string | Uint8Array,
  form: Partial<EnvelopeForm> = {},
  randomBytes: RandomBytes = systemRandomBytes,
): string {
  const message = new TextEncoder().encode(messageText(content));
  return smimeText(
    encryptFor(readRecipient(certificate), message, { ...DEFAULT_FORM, ...form }, randomBytes),
  );
}

/** Header lines end in CRLF, the lines of the body in LF. */
function messageText(content: ServerTokenContent): string {
  // Member by member: Apple's order, and no other members that the caller's object may have.
  const json = JSON.stringify({
    consumer_key: content.consumer_key,
    consumer_secret: content.consumer_secret,
    access_token: content.access_token,
    access_secret: content.access_secret,
    access_token_expiry: content.access_token_expiry,
  });
  return [
    'Content-Type: text/plain;charset=UTF-8\r\n',
    'Content-Transfer-Encoding: 7bit\r\n',
    '\r\n',
    '-----BEGIN MESSAGE-----\n',
    `${json}\n`,
    '-----END MESSAGE-----\n',
  ].join('');
}

const BASE64_LINE = /.{1,76}/g;

function smimeText(envelope: Uint8Array): string {
  const lines = [
    'Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="smime.p7m"',
    'Content-Description: S/MIME Encrypted Message',
    '',
    ...(Buffer.from(envelope).toString('base64').match(BASE64_LINE) ?? []),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

const MAXIMUM_NAME_LENGTH = 50;

/**
 * The file name that the portal gives: `server.thing.com_Token_2018-09-19T18-06-09Z_smime.p7m`
 * (https://github.com/micromdm/micromdm/issues/510). How it writes spaces and punctuation is not known.
 */
export function serverTokenFileName(serverName: string, issuedAt: number): string {
  return `${fileNamePart(serverName)}_Token_${instant(issuedAt).replaceAll(':', '-')}_smime.p7m`;
}

/** Letters of any script stay. A leading dot would hide the file; file systems limit the length. */
function fileNamePart(name: string): string {
  const safe = name.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
  return [...safe].slice(0, MAXIMUM_NAME_LENGTH).join('') || 'server';
}

const NEEDED =
  'Needed is an X.509 certificate with an RSA key, in PEM or DER: the server token is encrypted to it, and its private key stays with the MDM server.';

/** No server token can be encrypted for what the user gave. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  /** What the user gave, in plain words. */
  readonly given: string;
  /** The command that makes a certificate from it. */
  readonly command: string;

  constructor(given: string, command: string) {
    super(`This is ${given}. ${NEEDED} Make one with: ${command}`);
    this.given = given;
    this.command = command;
  }
}

/** A new key and certificate; MDM servers read the key without a passphrase. */
const MAKE_KEY_AND_CERTIFICATE =
  'openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 365 -subj /CN=mdm';

/**
 * Reads the certificate that an administrator uploads. Its validity is not checked: nanodep's own certificates
 * expire after a day (https://github.com/micromdm/nanodep/blob/main/cmd/deptokens/main.go) and stay in use.
 * @throws CertificateError
 */
export function readRecipient(given: string | Uint8Array): Recipient {
  const certificate = readCertificate(certificateBytes(given));
  checkRsaKey(certificate);
  try {
    return recipientOf(certificate);
  } catch {
    throw new CertificateError('a certificate without issuer or serial number', MAKE_KEY_AND_CERTIFICATE);
  }
}

const DER_SEQUENCE = 0x30;
const PEM_BEGIN = /-----BEGIN ([A-Z0-9 ]+)-----/;
const CERTIFICATE_LABELS: ReadonlySet<string> = new Set([
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'TRUSTED CERTIFICATE',
]);
const BASE64 = /^[A-Za-z0-9+/]+=*$/;

function certificateBytes(given: string | Uint8Array): Uint8Array {
  if (typeof given !== 'string' && given[0] === DER_SEQUENCE) return given;
  const text = typeof given === 'string' ? given : new TextDecoder().decode(given);
  // The first certificate of a chain is that of the key.
  const block: PemBlock | undefined = pemBlocks(text).find(({ label }) => CERTIFICATE_LABELS.has(label));
  if (block !== undefined) return block.der;
  const other = PEM_BEGIN.exec(text);
  if (other !== null) throw notACertificate(other[1]!);
  const packed = text.replace(/\s+/g, '');
  if (packed === '') throw new CertificateError('an empty text', MAKE_KEY_AND_CERTIFICATE);
  return BASE64.test(packed) ? Buffer.from(packed, 'base64') : new Uint8Array();
}

function readCertificate(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw notACertificateInDer(der);
  }
}

/** A key of type RSA-PSS only signs. Apple documents no minimum size. @throws CertificateError */
function checkRsaKey(certificate: X509Certificate): void {
  let type: string | undefined;
  try {
    type = publicKeyOf(certificate).asymmetricKeyType;
  } catch {
    // Reported as unknown.
  }
  if (type === 'rsa') return;
  throw new CertificateError(
    `a certificate whose key is of type ${type?.toUpperCase() ?? 'unknown'}, not RSA`,
    MAKE_KEY_AND_CERTIFICATE,
  );
}

type Kind = Pick<CertificateError, 'given' | 'command'>;

const CERTIFICATE_OF_KEY =
  'openssl req -x509 -new -key rsa-private-key.pem -out certificate.pem -days 365 -subj /CN=mdm';
const CERTIFICATE_OF_REQUEST =
  'openssl x509 -req -in request.csr -signkey rsa-private-key.pem -out certificate.pem -days 365';

const PUBLIC_KEY = { given: 'a bare public key', command: CERTIFICATE_OF_KEY };
const PRIVATE_KEY = { given: 'a private key', command: CERTIFICATE_OF_KEY };
const REQUEST = { given: 'a certificate signing request (CSR)', command: CERTIFICATE_OF_REQUEST };
const DAMAGED = { given: 'a damaged certificate, or a part of one', command: MAKE_KEY_AND_CERTIFICATE };
const UNKNOWN = { given: 'nothing that can be read as a certificate', command: MAKE_KEY_AND_CERTIFICATE };
const BUNDLE = 'a PKCS#7 bundle of certificates (.p7b)';

/** By the label of the PEM block. The first match wins. */
const PEM_KINDS: readonly (readonly [label: RegExp, kind: Kind])[] = [
  [/CERTIFICATE REQUEST$/, REQUEST],
  [/CERTIFICATE$/, DAMAGED],
  [/PRIVATE KEY$/, PRIVATE_KEY],
  [/PUBLIC KEY$/, PUBLIC_KEY],
  [
    /^(PKCS7|CMS)$/,
    { given: BUNDLE, command: 'openssl pkcs7 -in bundle.p7b -print_certs -out certificate.pem' },
  ],
];

/**
 * By the outermost ASN.1 elements in the notation of `outline`. Sources: RFC 5280 (certificate, public key), RFC 8017
 * (RSA keys), RFC 5208 (PKCS#8), RFC 5915 (EC key), RFC 2986 (request), RFC 7292 (PKCS#12), RFC 5652 (PKCS#7).
 */
const DER_KINDS: readonly (readonly [outline: RegExp, kind: Kind])[] = [
  [/^\(\(integer sequence sequence( context)?\) sequence bits\)$/, REQUEST],
  [/^\(\((context )?integer sequence sequence sequence sequence sequence.*\) sequence bits\)$/, DAMAGED],
  [/^\(\(oid.*\) bits\)$/, PUBLIC_KEY],
  [/^\(integer integer\)$/, PUBLIC_KEY],
  [/^\(integer( integer){8}\)$/, PRIVATE_KEY],
  [/^\(integer sequence octets.*\)$/, PRIVATE_KEY],
  [/^\(integer octets.*\)$/, PRIVATE_KEY],
  [/^\(\(oid sequence\) octets\)$/, PRIVATE_KEY],
  [
    /^\(oid context\)$/,
    { given: BUNDLE, command: 'openssl pkcs7 -inform DER -in bundle.p7b -print_certs -out certificate.pem' },
  ],
  [
    /^\(integer sequence( sequence)?\)$/,
    {
      given: 'a PKCS#12 file (.p12, .pfx), which also holds a private key',
      command: 'openssl pkcs12 -in file.p12 -clcerts -nokeys -out certificate.pem',
    },
  ],
];

function notACertificate(label: string): CertificateError {
  const kind = PEM_KINDS.find(([pattern]) => pattern.test(label))?.[1];
  return errorFor(kind ?? { given: `a PEM file with ${label}`, command: MAKE_KEY_AND_CERTIFICATE });
}

function notACertificateInDer(der: Uint8Array): CertificateError {
  let shape = '';
  try {
    shape = outline(parseAsn1(der), 2);
  } catch {
    // Not ASN.1.
  }
  return errorFor(DER_KINDS.find(([pattern]) => pattern.test(shape))?.[1] ?? UNKNOWN);
}

const errorFor = ({ given, command }: Kind): CertificateError => new CertificateError(given, command);

const UNIVERSAL_NAMES: Readonly<Record<number, string>> = {
  2: 'integer',
  3: 'bits',
  4: 'octets',
  6: 'oid',
  16: 'sequence',
};

/** `((integer sequence) bits)`: the first child is expanded `depth` times, the other children are named only. */
function outline(element: AsnType, depth: number): string {
  const { tagClass, tagNumber } = element.idBlock;
  if (tagClass === 3) return 'context';
  const name = UNIVERSAL_NAMES[tagNumber] ?? 'other';
  if (name !== 'sequence' || depth === 0) return name;
  const children = childrenOf(element).map((child, index) => outline(child, index === 0 ? depth - 1 : 0));
  return `(${children.join(' ')})`;
}
