import { type AsnType, Constructed, fromBER, Primitive, Sequence } from 'asn1js';
import type { PkiObject } from 'pkijs';

/** Data that cannot be parsed, an algorithm that is not supported, or a check (signature, password, key) that failed. */
export class PkiError extends Error {
  override readonly name = 'PkiError';
}

/**
 * Certificates and messages come from clients. A signed and encrypted message with a chain of certificates has about
 * 15 levels; `maxContentLength` is in bytes.
 */
const LIMITS = {
  maxDepth: 50,
  maxNodes: 20_000,
  maxContentLength: 8 * 1024 * 1024,
  parseEmbedded: false,
} as const;

/** Parses the DER or BER element at the start of `bytes`. Bytes after it are ignored. @throws PkiError */
export function parseAsn1(bytes: Uint8Array): AsnType {
  const { offset, result } = decode(bytes);
  if (offset === -1) throw new PkiError(`invalid ASN.1: ${result.error || 'an element cannot be read'}`);
  checkLengths(result);
  return result;
}

/** asn1js throws for some strings and times, and returns an error for the rest. */
function decode(bytes: Uint8Array): { readonly offset: number; readonly result: AsnType } {
  try {
    return fromBER(bytes, LIMITS);
  } catch (error) {
    throw new PkiError(`invalid ASN.1: ${(error as Error).message}`);
  }
}

/** asn1js accepts a child that is longer than its parent. @throws PkiError */
function checkLengths(element: AsnType): void {
  if (!element.idBlock.isConstructed) return;
  const children = childrenOf(element);
  const { isIndefiniteForm, length } = element.lenBlock;
  const total = children.reduce((sum, { blockLength }) => sum + blockLength, 0);
  if (!isIndefiniteForm && total !== length) {
    throw new PkiError('invalid ASN.1: the length of an element differs from that of its content');
  }
  if (isIndefiniteForm && element.valueBlock.warnings.length > 0) {
    throw new PkiError('invalid ASN.1: an element of indefinite length has no end');
  }
  children.forEach(checkLengths);
}

/** The elements in a constructed element; none for others. */
export function childrenOf(element: AsnType | undefined): readonly AsnType[] {
  if (!element?.idBlock.isConstructed || !('value' in element.valueBlock)) return [];
  const value: unknown = element.valueBlock.value;
  return Array.isArray(value) ? value : [];
}

/** The text of a string element (UTF8String, PrintableString, IA5String, …). */
export function textOf(element: AsnType | undefined): string | undefined {
  const value: unknown = element !== undefined && 'value' in element.valueBlock && element.valueBlock.value;
  return typeof value === 'string' ? value : undefined;
}

type Structure<T extends PkiObject> = new (parameters: { schema: AsnType }) => T;

/** Reads `bytes`, or an element, as a structure of pkijs: `parse(Certificate, der)`. @throws PkiError */
export function parse<T extends PkiObject>(structure: Structure<T>, source: Uint8Array | AsnType): T {
  const schema = source instanceof Uint8Array ? parseAsn1(source) : source;
  try {
    return new structure({ schema });
  } catch (error) {
    throw new PkiError(`not a ${structure.name}: ${(error as Error).message}`);
  }
}

export const sequence = (...value: readonly AsnType[]): Sequence => new Sequence({ value: [...value] });

/** `[tagNumber]` around other elements. */
export const tagged = (tagNumber: number, ...value: readonly AsnType[]): Constructed =>
  new Constructed({ idBlock: { tagClass: CONTEXT, tagNumber }, value: [...value] });

/** `[tagNumber] IMPLICIT` of a string. */
export const taggedBytes = (tagNumber: number, valueHex: Uint8Array): Primitive =>
  new Primitive({ idBlock: { tagClass: CONTEXT, tagNumber }, valueHex });

export const CONTEXT = 3;

export function encode(element: AsnType | PkiObject): Uint8Array {
  const schema: AsnType = 'toSchema' in element ? element.toSchema(true) : element;
  return new Uint8Array(schema.toBER());
}

// Line breaks are optional: `curl -d @file.pem` removes them.
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs;

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(PEM_BLOCK)].map(([, label, base64]) => ({
    label: label!,
    der: Buffer.from(base64!, 'base64'),
  }));
}

export function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}
