import { createHash, type KeyObject, type X509Certificate } from 'node:crypto';
import { type AsnType, ObjectIdentifier, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import {
  type Digest,
  digestAlgorithm,
  digestOf,
  digestOfSignature,
  isSignedBy,
  RSA_ENCRYPTION,
  rsaEncryption,
  signatureAlgorithm,
  signWith,
} from './algorithms.ts';
import { childrenOf, encode, PkiError, parse, parseAsn1 } from './asn1.ts';
import { extensionsOf, OID, publicKeyOf, readCertificate, writeTime } from './certificates.ts';
import { issuerAndSerialNumber } from './enveloped-data.ts';

// CMS SignedData (RFC 5652 section 5).

/** RFC 5652 section 11. */
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';

export interface Signer {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

export interface SignedDataForm {
  /** SHA-256 if not given. */
  readonly digest?: Digest;
  /** True leaves the content out of the message, as in the `Mdm-Signature` header. */
  readonly detached?: boolean;
  /** Milliseconds since the epoch, by the wall clock. Without it the message has no signing time. */
  readonly signingTime?: number;
  /** Signed attributes beside content type, message digest and signing time. */
  readonly attributes?: readonly Attribute[];
  /** Certificates beside that of the signer, usually its chain. */
  readonly certificates?: readonly X509Certificate[];
}

/** Signs `content` and returns a ContentInfo in DER. Without content the message has none, as a SCEP failure. */
export function createSignedData(
  content: Uint8Array | undefined,
  signer: Signer,
  form: SignedDataForm = {},
): Uint8Array {
  const { digest = 'sha256', detached = false, signingTime, attributes = [], certificates = [] } = form;
  const signedContent = content ?? new Uint8Array();
  const signed = inSetOrder([
    new Attribute({ type: CONTENT_TYPE, values: [new ObjectIdentifier({ value: ContentInfo.DATA })] }),
    new Attribute({
      type: MESSAGE_DIGEST,
      values: [new OctetString({ valueHex: createHash(digest).update(signedContent).digest() })],
    }),
    ...(signingTime === undefined
      ? []
      : [new Attribute({ type: SIGNING_TIME, values: [writeTime(signingTime)] })]),
    ...attributes,
  ]);
  const signedAttrs = new SignedAndUnsignedAttributes({ type: 0, attributes: signed });
  const toSign = encode(signedAttrs);
  // The signature covers the attributes as SET OF, the message holds them as [0] (RFC 5652 section 5.4).
  toSign[0] = SET;
  const encapContentInfo = new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA });
  // The constructor would write the content in BER.
  if (content !== undefined && !detached) encapContentInfo.eContent = new OctetString({ valueHex: content });
  const message = new SignedData({
    digestAlgorithms: [parse(AlgorithmIdentifier, digestAlgorithm(digest))],
    encapContentInfo,
    certificates: [signer.certificate, ...certificates].map(({ raw }) => parse(Certificate, raw)),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: issuerAndSerialNumber(signer.certificate),
        digestAlgorithm: parse(AlgorithmIdentifier, digestAlgorithm(digest)),
        signedAttrs,
        signatureAlgorithm: parse(
          AlgorithmIdentifier,
          signer.key.asymmetricKeyType === 'rsa' ? rsaEncryption() : signatureAlgorithm(signer.key, digest),
        ),
        signature: new OctetString({ valueHex: signWith(signer.key, digest, toSign) }),
      }),
    ],
  });
  return contentInfo(message);
}

const SET = 0x31;

/** DER orders a SET OF by the bytes of its elements (X.690 section 11.6); nanomdm rejects another order. */
function inSetOrder(attributes: readonly Attribute[]): Attribute[] {
  return attributes
    .map((attribute) => ({ attribute, bytes: encode(attribute) }))
    .sort((one, other) => Buffer.compare(one.bytes, other.bytes))
    .map(({ attribute }) => attribute);
}

/** Certificates without a signature ("degenerate"), as a `.p7b` file or the answer to a SCEP request, in DER. */
export function createCertificateBundle(certificates: readonly X509Certificate[]): Uint8Array {
  return contentInfo(
    new SignedData({
      encapContentInfo: new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA }),
      certificates: certificates.map(({ raw }) => parse(Certificate, raw)),
    }),
  );
}

const contentInfo = (message: SignedData): Uint8Array =>
  encode(new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: message.toSchema(true) }));

export interface VerifiedSigner {
  readonly certificate: X509Certificate;
  readonly digest: Digest;
  /** The first value of each signed attribute by its object identifier. */
  readonly attributes: ReadonlyMap<string, AsnType>;
}

export interface VerifiedData {
  readonly content: Uint8Array;
  readonly certificates: readonly X509Certificate[];
  /** At least one. */
  readonly signers: readonly [VerifiedSigner, ...VerifiedSigner[]];
}

/**
 * Verifies the signatures of all signers with the certificates in the message. Whether a certificate is trusted is
 * for the caller to check.
 * @param detached the content of a message that does not hold it
 * @throws PkiError
 */
export function verifySignedData(message: Uint8Array, detached?: Uint8Array): VerifiedData {
  const { data, certificates } = readSignedData(message);
  const { eContent, eContentType } = data.encapContentInfo;
  if (eContent !== undefined && !(eContent instanceof OctetString)) {
    throw new PkiError('the signed content is not an octet string');
  }
  const content =
    eContent === undefined ? (detached ?? new Uint8Array()) : new Uint8Array(eContent.getValue());
  const [first, ...others] = data.signerInfos.map((signer) =>
    verifySigner(signer, certificates, content, eContentType),
  );
  if (first === undefined) throw new PkiError('the message has no signer');
  return { content, certificates, signers: [first, ...others] };
}

/** The certificates of a message, whether it is signed or not. @throws PkiError */
export const certificatesOf = (message: Uint8Array): readonly X509Certificate[] =>
  readSignedData(message).certificates;

function readSignedData(message: Uint8Array): { data: SignedData; certificates: readonly X509Certificate[] } {
  const { contentType, content } = parse(ContentInfo, message);
  if (contentType !== ContentInfo.SIGNED_DATA) throw new PkiError('this is not CMS SignedData');
  // From the bytes: what pkijs would write again may differ. [0] holds the certificates.
  const set = childrenOf(content).find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  const certificates = childrenOf(set).map(({ valueBeforeDecodeView }) =>
    readCertificate(valueBeforeDecodeView),
  );
  return { data: parse(SignedData, content), certificates };
}

function verifySigner(
  signer: SignerInfo,
  certificates: readonly X509Certificate[],
  content: Uint8Array,
  contentType: string,
): VerifiedSigner {
  const certificate = certificates.find((candidate) => isCertificateOf(signer, candidate));
  if (certificate === undefined)
    throw new PkiError('the message does not hold the certificate of its signer');
  const digest = digestOf(signer.digestAlgorithm);
  const { algorithmId } = signer.signatureAlgorithm;
  const named = digestOfSignature(signer.signatureAlgorithm);
  if (algorithmId !== RSA_ENCRYPTION && named !== digest) {
    throw new PkiError(`signature algorithm ${algorithmId} is not supported`);
  }
  const attributes = new Map(
    (signer.signedAttrs?.attributes ?? []).map(({ type, values }) => [type, values[0] as AsnType] as const),
  );
  if (signer.signedAttrs !== undefined) checkAttributes(attributes, digest, content, contentType);
  const signed = signer.signedAttrs === undefined ? content : new Uint8Array(signer.signedAttrs.encodedValue);
  if (!isSignedBy(publicKeyOf(certificate), digest, signed, signer.signature.valueBlock.valueHexView)) {
    throw new PkiError('the signature does not match');
  }
  return { certificate, digest, attributes };
}

function isCertificateOf({ sid }: SignerInfo, certificate: X509Certificate): boolean {
  if (sid instanceof IssuerAndSerialNumber) {
    return Buffer.from(encode(issuerAndSerialNumber(certificate))).equals(encode(sid));
  }
  const extension = extensionsOf(certificate).get(OID.subjectKeyIdentifier);
  const identifier = extension && parseAsn1(extension);
  return (
    identifier instanceof OctetString &&
    Buffer.from(identifier.getValue()).equals(sid.valueBlock.valueHexView)
  );
}

/** RFC 5652 section 5.4. @throws PkiError */
function checkAttributes(
  attributes: ReadonlyMap<string, AsnType>,
  digest: Digest,
  content: Uint8Array,
  contentType: string,
): void {
  const type = attributes.get(CONTENT_TYPE);
  if (!(type instanceof ObjectIdentifier) || type.getValue() !== contentType) {
    throw new PkiError('the signed content type is not that of the content');
  }
  const expected = attributes.get(MESSAGE_DIGEST);
  const actual = createHash(digest).update(content).digest();
  if (!(expected instanceof OctetString) || !actual.equals(expected.valueBlock.valueHexView)) {
    throw new PkiError('the content was changed after it was signed');
  }
}
