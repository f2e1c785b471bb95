import { createPublicKey, type KeyObject } from 'node:crypto';
import { BitString, type Sequence, Utf8String } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  CertificationRequest,
  Extensions,
  PublicKeyInfo,
  RelativeDistinguishedNames,
} from 'pkijs';
import { type Digest, digestOfSignature, isSignedBy, signatureAlgorithm, signWith } from './algorithms.ts';
import { childrenOf, encode, PkiError, parse, sequence, textOf } from './asn1.ts';
import { type Name, OID, publicKeyInfo, writeName } from './certificates.ts';

export interface CertificateRequestForm {
  readonly subject: Name;
  readonly key: KeyObject;
  readonly digest?: Digest;
  /** The password of a SCEP server. */
  readonly challengePassword?: string | undefined;
  /** Extensions that the certificate should have. */
  readonly extensions?: readonly Sequence[];
}

/** A certificate signing request (PKCS#10, RFC 2986) in DER. */
export function writeCertificateRequest(form: CertificateRequestForm): Uint8Array {
  const { key, digest = 'sha256', challengePassword, extensions = [] } = form;
  const request = new CertificationRequest({
    subject: parse(RelativeDistinguishedNames, encode(writeName(form.subject))),
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
              values: [sequence(...extensions)],
            }),
          ]),
    ],
    signatureAlgorithm: parse(AlgorithmIdentifier, signatureAlgorithm(key, digest)),
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
  /** The values of the requested extensions by their object identifiers. */
  readonly extensions: ReadonlyMap<string, Uint8Array>;
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
    subject: request.subject.typesAndValues.map(({ type, value }) => [type, textOf(value) ?? '']),
    publicKey,
    key,
    challengePassword: textOf(attributeOf(OID.challengePassword)),
    extensions: new Map(
      (requested === undefined ? [] : parse(Extensions, requested).extensions).map(
        ({ extnID, extnValue }) => [extnID, extnValue.valueBlock.valueHexView] as const,
      ),
    ),
    signed:
      digest !== undefined &&
      isSignedBy(key, digest, request.tbsView, request.signatureValue.valueBlock.valueHexView),
  };
}
