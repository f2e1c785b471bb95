import { createHash, createPublicKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import {
  Boolean as Asn1Boolean,
  Set as Asn1Set,
  type AsnType,
  BitString,
  GeneralizedTime,
  Integer,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  type Sequence,
  UTCTime,
  Utf8String,
} from 'asn1js';
import { signatureAlgorithm, signWith } from './algorithms.ts';
import { CONTEXT, childrenOf, encode, PkiError, parseAsn1, sequence, tagged, taggedBytes } from './asn1.ts';

// A server writes certificates when it starts, so this file uses asn1js alone: loading pkijs takes six times as long.

/** Object identifiers by the names of the documents that define them. */
export const OID = {
  commonName: '2.5.4.3',
  countryName: '2.5.4.6',
  organizationName: '2.5.4.10',
  // https://www.rfc-editor.org/rfc/rfc4519#section-2.39
  userId: '0.9.2342.19200300.100.1.1',

  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',

  // RFC 2985 sections 5.4.1 and 5.4.2
  challengePassword: '1.2.840.113549.1.9.7',
  extensionRequest: '1.2.840.113549.1.9.14',

  // https://github.com/parse-community/node-apn/blob/master/lib/credentials/certificate/oids.js
  applePushDevelopment: '1.2.840.113635.100.6.3.1',
  applePushProduction: '1.2.840.113635.100.6.3.2',
  // https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
  applePushVoipTopics: '1.2.840.113635.100.6.3.4',
  applePushTopics: '1.2.840.113635.100.6.3.6',
} as const;

/** A distinguished name: its attributes in order, each with its object identifier. */
export type Name = readonly (readonly [attribute: string, value: string])[];

export function writeName(name: Name): Sequence {
  return sequence(
    ...name.map(([attribute, value]) => {
      const text = attribute === OID.countryName ? new PrintableString({ value }) : new Utf8String({ value });
      return new Asn1Set({ value: [sequence(new ObjectIdentifier({ value: attribute }), text)] });
    }),
  );
}

/** Milliseconds since the epoch. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

const DAY = 86_400_000;

/**
 * Clients check certificates against their own clock: the wall clock, or one that is set to the scenario's time. This
 * validity covers all given times.
 */
export function validityAround(times: readonly number[], days: number): Validity {
  return { notBefore: Math.min(...times) - DAY, notAfter: Math.max(...times) + days * DAY };
}

/** A validity that ended a day before the earliest of the given times. */
export function validityBefore(times: readonly number[], days: number): Validity {
  const notAfter = Math.min(...times) - DAY;
  return { notBefore: notAfter - days * DAY, notAfter };
}

/** The server checks push certificates against the virtual clock (`now`), their holder against the wall clock. */
export function pushCertificateValidity(now: number, wall: number, days: number): Validity {
  return { notBefore: Math.min(now, wall) - DAY, notAfter: Math.max(now + days * DAY, wall + DAY) };
}

const EARLIEST = Date.UTC(1950, 0, 1);
const FIRST_GENERALIZED_TIME = Date.UTC(2050, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** To the second; UTCTime before 2050. Times that cannot be written are moved to the limit (RFC 5280 section 4.1.2.5). */
export function writeTime(milliseconds: number): UTCTime | GeneralizedTime {
  const time = Math.min(Math.max(Math.floor(milliseconds / 1000) * 1000, EARLIEST), LATEST);
  const valueDate = new Date(time);
  return time < FIRST_GENERALIZED_TIME ? new UTCTime({ valueDate }) : new GeneralizedTime({ valueDate });
}

/** An extension of a certificate (RFC 5280 section 4.2). */
export const extension = (identifier: string, value: AsnType, critical = false): Sequence =>
  sequence(
    new ObjectIdentifier({ value: identifier }),
    ...(critical ? [new Asn1Boolean({ value: true })] : []),
    new OctetString({ valueHex: encode(value) }),
  );

const keyUsage = (bits: number, unusedBits: number): Sequence =>
  extension(OID.keyUsage, new BitString({ valueHex: Uint8Array.of(bits), unusedBits }), true);

export const DIGITAL_SIGNATURE = keyUsage(0x80, 7);
/** keyCertSign and cRLSign. */
export const SIGNS_CERTIFICATES = keyUsage(0x06, 1);

export const IS_AUTHORITY = extension(OID.basicConstraints, sequence(new Asn1Boolean({ value: true })), true);
export const NOT_AN_AUTHORITY = extension(OID.basicConstraints, sequence(), true);

export const extendedKeyUsage = (...purposes: readonly string[]): Sequence =>
  extension(OID.extendedKeyUsage, sequence(...purposes.map((value) => new ObjectIdentifier({ value }))));

export interface CertificateForm {
  readonly subject: Name;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  readonly validity: Validity;
  readonly extensions: readonly Sequence[];
  /** Random if not given. */
  readonly serialNumber?: number;
}

export interface Issuer {
  readonly name: Name;
  readonly key: KeyObject;
  readonly keyIdentifier: Uint8Array;
}

/** A certificate of version 3 (RFC 5280 section 4.1), signed with SHA-256, in DER. */
export function writeCertificate(form: CertificateForm, issuer: Issuer): Uint8Array {
  const { subject, publicKey, validity, serialNumber } = form;
  const algorithm = signatureAlgorithm(issuer.key, 'sha256');
  const extensions = [
    extension(OID.subjectKeyIdentifier, new OctetString({ valueHex: keyIdentifier(publicKey) })),
    extension(OID.authorityKeyIdentifier, sequence(taggedBytes(0, issuer.keyIdentifier))),
    ...form.extensions,
  ];
  const signed = sequence(
    tagged(0, new Integer({ value: 2 })),
    serialNumber === undefined ? randomSerialNumber() : new Integer({ value: serialNumber }),
    algorithm,
    writeName(issuer.name),
    sequence(writeTime(validity.notBefore), writeTime(validity.notAfter)),
    writeName(subject),
    parseAsn1(publicKey),
    tagged(EXTENSIONS, sequence(...extensions)),
  );
  const signature = signWith(issuer.key, 'sha256', encode(signed));
  return encode(sequence(signed, algorithm, new BitString({ valueHex: signature })));
}

const EXTENSIONS = 3;

/** A certificate that is signed with the key it certifies, in DER. */
export function writeSelfSignedCertificate(
  key: KeyObject,
  form: Omit<CertificateForm, 'publicKey'>,
): Uint8Array {
  const publicKey = publicKeyInfo(createPublicKey(key));
  const issuer = { name: form.subject, key, keyIdentifier: keyIdentifier(publicKey) };
  return writeCertificate({ ...form, publicKey }, issuer);
}

const SERIAL_NUMBER_BYTES = 16;

/** Positive, and the first byte is not zero: all have the same length. */
function randomSerialNumber(): Integer {
  const bytes = randomBytes(SERIAL_NUMBER_BYTES);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return new Integer({ valueHex: bytes });
}

export function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  return createHash('sha1').update(publicKey).digest();
}

export function publicKeyInfo(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' });
}

/** @throws PkiError */
export function readCertificate(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (error) {
    throw new PkiError(`the certificate cannot be read: ${(error as Error).message}`);
  }
}

/** @throws PkiError for a damaged key, and for a kind of key that Node.js does not know */
export function publicKeyOf(certificate: X509Certificate): KeyObject {
  try {
    return certificate.publicKey;
  } catch (error) {
    throw new PkiError(`the key of the certificate cannot be read: ${(error as Error).message}`);
  }
}

/** The values of the extensions of a certificate by their object identifiers. @throws PkiError */
export function extensionsOf({ raw }: X509Certificate): ReadonlyMap<string, Uint8Array> {
  const [signed] = childrenOf(parseAsn1(raw));
  const wrapper = childrenOf(signed).find(
    ({ idBlock }) => idBlock.tagClass === CONTEXT && idBlock.tagNumber === EXTENSIONS,
  );
  const [list] = childrenOf(wrapper);
  const values = new Map<string, Uint8Array>();
  for (const entry of childrenOf(list)) {
    const parts = childrenOf(entry);
    const [identifier, value] = [parts[0], parts.at(-1)];
    if (identifier instanceof ObjectIdentifier && value instanceof OctetString) {
      values.set(identifier.getValue(), value.valueBlock.valueHexView);
    }
  }
  return values;
}
