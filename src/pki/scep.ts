import type { X509Certificate } from 'node:crypto';
import { type AsnType, OctetString, PrintableString } from 'asn1js';
import { Attribute, Certificate } from 'pkijs';
import type { ContentCipher, Digest } from './algorithms.ts';
import { encode, PkiError, parse, sequence, textOf } from './asn1.ts';
import { type Name, readCertificate, writeName } from './certificates.ts';
import { decryptEnvelopedData, encryptFor, recipientOf } from './enveloped-data.ts';
import {
  certificatesOf,
  createCertificateBundle,
  createSignedData,
  type Signer,
  verifySignedData,
} from './signed-data.ts';

// Messages of SCEP (RFC 8894 section 3): EnvelopedData in SignedData, with attributes that describe the transaction.

const ATTRIBUTES = {
  messageType: '2.16.840.1.113733.1.9.2',
  pkiStatus: '2.16.840.1.113733.1.9.3',
  failInfo: '2.16.840.1.113733.1.9.4',
  senderNonce: '2.16.840.1.113733.1.9.5',
  recipientNonce: '2.16.840.1.113733.1.9.6',
  transactionId: '2.16.840.1.113733.1.9.7',
} as const;

const RESPONSE_TYPE = '3';

export type ScepRequestType = 'PKCSReq' | 'RenewalReq' | 'CertPoll';

const REQUEST_TYPES: Readonly<Record<ScepRequestType, string>> = {
  RenewalReq: '17',
  PKCSReq: '19',
  CertPoll: '20',
};

export type ScepFailure = 'badAlg' | 'badMessageCheck' | 'badRequest' | 'badTime' | 'badCertId';

const FAILURES: Readonly<Record<ScepFailure, string>> = {
  badAlg: '0',
  badMessageCheck: '1',
  badRequest: '2',
  badTime: '3',
  badCertId: '4',
};

const STATUSES = { SUCCESS: '0', FAILURE: '2', PENDING: '3' } as const;

/** How a message is encrypted and signed. */
export interface ScepAlgorithms {
  readonly cipher: ContentCipher;
  readonly digest: Digest;
}

export interface ScepTransaction {
  readonly transactionId: string;
  /** The recipient returns it. */
  readonly senderNonce: Uint8Array;
}

export interface ScepRequestForm extends ScepTransaction, ScepAlgorithms {
  readonly type: ScepRequestType;
  /** A certificate signing request, or `writeIssuerAndSubject` for CertPoll; DER. */
  readonly content: Uint8Array;
  /** The key of the request with a self-signed certificate; for RenewalReq the present certificate. */
  readonly signer: Signer;
  /** The certificate of the server that decrypts the message. */
  readonly recipient: X509Certificate;
}

export function createScepRequest(form: ScepRequestForm): Uint8Array {
  const { content, signer, recipient, cipher, digest } = form;
  return createSignedData(encryptFor(recipientOf(recipient), content, { cipher, encoding: 'der' }), signer, {
    digest,
    attributes: [
      text('messageType', REQUEST_TYPES[form.type]),
      text('transactionId', form.transactionId),
      octets('senderNonce', form.senderNonce),
    ],
  });
}

/** The content of CertPoll: which certificate the client waits for (RFC 8894 section 3.3.3). */
export function writeIssuerAndSubject(authority: X509Certificate, subject: Name): Uint8Array {
  const issuer = parse(Certificate, authority.raw).subject;
  return encode(sequence(issuer.toSchema(), writeName(subject)));
}

export interface ScepRequest extends ScepTransaction {
  readonly type: ScepRequestType;
  readonly content: Uint8Array;
  /** The certificate that signed the request; the response is encrypted for it. */
  readonly signer: X509Certificate;
}

/** Reads a request as a server does that has this key. @throws PkiError */
export function readScepRequest(message: Uint8Array, server: Signer): ScepRequest {
  const {
    content,
    signers: [{ certificate, attributes }],
  } = verifySignedData(message);
  const type = keyOf(REQUEST_TYPES, requiredText(attributes, 'messageType'));
  if (type === undefined) throw new PkiError('this type of SCEP request is not supported');
  return {
    type,
    transactionId: requiredText(attributes, 'transactionId'),
    senderNonce: requiredOctets(attributes, 'senderNonce'),
    content: decryptEnvelopedData(content, server.key, server.certificate),
    signer: certificate,
  };
}

export type ScepResponse =
  | { readonly status: 'SUCCESS'; readonly certificates: readonly X509Certificate[] }
  | { readonly status: 'FAILURE'; readonly failure: ScepFailure | undefined }
  | { readonly status: 'PENDING' };

export interface ScepResponseForm extends ScepAlgorithms {
  readonly server: Signer;
  readonly senderNonce: Uint8Array;
}

/** The answer of a server (CertRep) to a request. */
export function createScepResponse(
  request: ScepRequest,
  response: ScepResponse,
  { server, senderNonce, cipher, digest }: ScepResponseForm,
): Uint8Array {
  const content =
    response.status === 'SUCCESS'
      ? encryptFor(recipientOf(request.signer), createCertificateBundle(response.certificates), {
          cipher,
          encoding: 'der',
        })
      : undefined;
  const failure = response.status === 'FAILURE' ? response.failure : undefined;
  return createSignedData(content, server, {
    digest,
    attributes: [
      text('messageType', RESPONSE_TYPE),
      text('transactionId', request.transactionId),
      text('pkiStatus', STATUSES[response.status]),
      ...(failure === undefined ? [] : [text('failInfo', FAILURES[failure])]),
      octets('senderNonce', senderNonce),
      octets('recipientNonce', request.senderNonce),
    ],
  });
}

/**
 * Reads the answer to a request.
 * @param request its transaction, and the signer whose key decrypts the answer
 * @param trusted the certificates that the server gave out, one of which has to sign the answer
 * @throws PkiError for a message that is not the answer to this request
 */
export function readScepResponse(
  message: Uint8Array,
  request: ScepTransaction & { readonly signer: Signer },
  trusted: readonly X509Certificate[],
): ScepResponse {
  const {
    content,
    signers: [{ certificate, attributes }],
  } = verifySignedData(message);
  if (!trusted.some(({ raw }) => raw.equals(certificate.raw))) {
    throw new PkiError('the SCEP response is signed by another certificate than that of the server');
  }
  if (requiredText(attributes, 'messageType') !== RESPONSE_TYPE) {
    throw new PkiError('the message is not a SCEP response');
  }
  if (requiredText(attributes, 'transactionId') !== request.transactionId) {
    throw new PkiError('the SCEP response belongs to another transaction');
  }
  if (!Buffer.from(requiredOctets(attributes, 'recipientNonce')).equals(request.senderNonce)) {
    throw new PkiError('the SCEP response does not return the nonce of the request');
  }
  const status = keyOf(STATUSES, requiredText(attributes, 'pkiStatus'));
  switch (status) {
    case 'SUCCESS': {
      const { key, certificate: own } = request.signer;
      return { status, certificates: certificatesOf(decryptEnvelopedData(content, key, own)) };
    }
    case 'FAILURE':
      return { status, failure: keyOf(FAILURES, textOf(attributes.get(ATTRIBUTES.failInfo))) };
    case 'PENDING':
      return { status };
    case undefined:
      throw new PkiError('the SCEP response has an unknown status');
  }
}

/** The answer to GetCACert: one certificate in DER, or a bundle of several. @throws PkiError */
export function readServerCertificates(body: Uint8Array): readonly X509Certificate[] {
  try {
    return [readCertificate(body)];
  } catch {
    return certificatesOf(body);
  }
}

type AttributeName = keyof typeof ATTRIBUTES;

const text = (name: AttributeName, value: string): Attribute =>
  new Attribute({ type: ATTRIBUTES[name], values: [new PrintableString({ value })] });

const octets = (name: AttributeName, value: Uint8Array): Attribute =>
  new Attribute({ type: ATTRIBUTES[name], values: [new OctetString({ valueHex: value })] });

function requiredText(attributes: ReadonlyMap<string, AsnType>, name: AttributeName): string {
  const value = textOf(attributes.get(ATTRIBUTES[name]));
  if (value === undefined) throw new PkiError(`the SCEP message has no ${name}`);
  return value;
}

function requiredOctets(attributes: ReadonlyMap<string, AsnType>, name: AttributeName): Uint8Array {
  const value = attributes.get(ATTRIBUTES[name]);
  if (!(value instanceof OctetString)) throw new PkiError(`the SCEP message has no ${name}`);
  return value.valueBlock.valueHexView;
}

function keyOf<K extends string>(
  codes: Readonly<Record<K, string>>,
  code: string | undefined,
): K | undefined {
  return (Object.keys(codes) as K[]).find((key) => codes[key] === code);
}
