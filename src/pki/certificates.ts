import { createHash, createPublicKey, type KeyObject, randomBytes, type X509Certificate } from 'node:crypto';
import {
  Set as Asn1Set,
  BitString,
  Integer,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Utf8String,
} from 'asn1js';
import {
  Attribute,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CertificationRequest,
  Extension,
  Extensions,
  ExtKeyUsage,
  IssuerAndSerialNumber,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
  TimeType,
} from 'pkijs';
import { type Digest, digestOfSignature, isSignedBy, signatureAlgorithm, signWith } from './algorithms.ts';
import { childrenOf, encode, PkiError, parse, textOf } from './asn1.ts';

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

/** pkijs would write all attributes into one set, as a multi-valued RDN. */
export function writeName(name: Name): RelativeDistinguishedNames {
  const schema = new Sequence({
    value: name.map(([attribute, value]) => {
      const text = attribute === OID.countryName ? new PrintableString({ value }) : new Utf8String({ value });
      return new Asn1Set({
        value: [new Sequence({ value: [new ObjectIdentifier({ value: attribute }), text] })],
      });
    }),
  });
  return parse(RelativeDistinguishedNames, encode(schema));
}

export function readName({ typesAndValues }: RelativeDistinguishedNames): Name {
  return typesAndValues.map(({ type, value }) => [type, textOf(value) ?? '']);
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
export function writeTime(milliseconds: number): Time {
  const time = Math.min(Math.max(Math.floor(milliseconds / 1000) * 1000, EARLIEST), LATEST);
  const type = time < FIRST_GENERALIZED_TIME ? TimeType.UTCTime : TimeType.GeneralizedTime;
  return new Time({ type, value: new Date(time) });
}

/** @param value DER */
export const extension = (extnID: string, value: Uint8Array, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new Uint8Array(value).buffer });

const keyUsage = (bits: number, unusedBits: number): Extension =>
  extension(OID.keyUsage, encode(new BitString({ valueHex: Uint8Array.of(bits), unusedBits })), true);

export const DIGITAL_SIGNATURE = keyUsage(0x80, 7);
/** keyCertSign and cRLSign. */
export const SIGNS_CERTIFICATES = keyUsage(0x06, 1);

const basicConstraints = (cA: boolean): Extension =>
  extension(OID.basicConstraints, encode(new BasicConstraints({ cA })), true);

export const IS_AUTHORITY = basicConstraints(true);
export const NOT_AN_AUTHORITY = basicConstraints(false);

export const extendedKeyUsage = (...keyPurposes: readonly string[]): Extension =>
  extension(OID.extendedKeyUsage, encode(new ExtKeyUsage({ keyPurposes: [...keyPurposes] })));

export interface CertificateForm {
  readonly subject: Name;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  readonly validity: Validity;
  readonly extensions: readonly Extension[];
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
  const algorithm = signatureAlgorithm(issuer.key, 'sha256');
  const certificate = new Certificate({
    version: 2,
    serialNumber:
      form.serialNumber === undefined ? randomSerialNumber() : new Integer({ value: form.serialNumber }),
    signature: algorithm,
    issuer: writeName(issuer.name),
    notBefore: writeTime(form.validity.notBefore),
    notAfter: writeTime(form.validity.notAfter),
    subject: writeName(form.subject),
    subjectPublicKeyInfo: parse(PublicKeyInfo, form.publicKey),
    extensions: [
      extension(
        OID.subjectKeyIdentifier,
        encode(new OctetString({ valueHex: keyIdentifier(form.publicKey) })),
      ),
      extension(
        OID.authorityKeyIdentifier,
        encode(
          new AuthorityKeyIdentifier({ keyIdentifier: new OctetString({ valueHex: issuer.keyIdentifier }) }),
        ),
      ),
      ...form.extensions,
    ],
    signatureAlgorithm: algorithm,
  });
  const signed = encode(certificate.encodeTBS());
  certificate.signatureValue = new BitString({ valueHex: signWith(issuer.key, 'sha256', signed) });
  return encode(certificate);
}

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

/** How CMS names a certificate: issuer and serial number with the bytes of the certificate. @throws PkiError */
export function issuerAndSerialNumber({ raw }: X509Certificate): IssuerAndSerialNumber {
  const { issuer, serialNumber } = parse(Certificate, raw);
  return new IssuerAndSerialNumber({ issuer, serialNumber });
}

export interface CertificateRequestForm {
  readonly subject: Name;
  readonly key: KeyObject;
  readonly digest?: Digest;
  /** The password of a SCEP server. */
  readonly challengePassword?: string | undefined;
  /** Extensions that the certificate should have. */
  readonly extensions?: readonly Extension[];
}

/** A certificate signing request (PKCS#10, RFC 2986) in DER. */
export function writeCertificateRequest(form: CertificateRequestForm): Uint8Array {
  const { key, digest = 'sha256', challengePassword, extensions = [] } = form;
  const request = new CertificationRequest({
    subject: writeName(form.subject),
    subjectPublicKeyInfo: parse(PublicKeyInfo, publicKeyInfo(createPublicKey(key))),
    attributes: [
      ...(challengePassword === undefined
        ? []
        : [
            new Attribute({
              type: OID.challengePassword,
              values: [new Utf8String({ value: challengePassword })],
            }),
          ]),
      ...(extensions.length === 0
        ? []
        : [
            new Attribute({
              type: OID.extensionRequest,
              values: [new Extensions({ extensions: [...extensions] }).toSchema()],
            }),
          ]),
    ],
    signatureAlgorithm: signatureAlgorithm(key, digest),
  });
  const [signed] = childrenOf(request.toSchema(true));
  request.signatureValue = new BitString({ valueHex: signWith(key, digest, encode(signed!)) });
  return encode(request);
}

export interface CertificateRequest {
  readonly subject: Name;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  readonly key: KeyObject;
  readonly challengePassword: string | undefined;
  readonly extensions: readonly Extension[];
  /** True if the request is signed with its own key. */
  readonly signed: boolean;
}

/** @throws PkiError for bytes that are not a certificate signing request with a key that Node.js can read */
export function readCertificateRequest(der: Uint8Array): CertificateRequest {
  const request = parse(CertificationRequest, der);
  const publicKey = encode(request.subjectPublicKeyInfo);
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  } catch (error) {
    throw new PkiError(`the public key cannot be read: ${(error as Error).message}`);
  }
  const digest = digestOfSignature(request.signatureAlgorithm);
  const attributeOf = (attribute: string) =>
    request.attributes?.find(({ type }) => type === attribute)?.values[0];
  const requested = attributeOf(OID.extensionRequest);
  return {
    subject: readName(request.subject),
    publicKey,
    key,
    challengePassword: textOf(attributeOf(OID.challengePassword)),
    extensions: requested === undefined ? [] : parse(Extensions, requested).extensions,
    signed:
      digest !== undefined &&
      isSignedBy(key, digest, request.tbsView, request.signatureValue.valueBlock.valueHexView),
  };
}

/** The values of the extensions of a certificate by their object identifiers. @throws PkiError */
export function extensionsOf({ raw }: X509Certificate): ReadonlyMap<string, Uint8Array> {
  const { extensions = [] } = parse(Certificate, raw);
  return new Map(
    extensions.map(({ extnID, extnValue }) => [extnID, extnValue.valueBlock.valueHexView] as const),
  );
}
