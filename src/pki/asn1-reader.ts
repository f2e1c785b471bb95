/** One element of DER: its tag, its content, and itself whole as it stood. */
export interface Asn1Element {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

export class Asn1Error extends Error {
  override readonly name = 'Asn1Error';
}

const CONSTRUCTED = 0x20;

/** The elements that stand one after the other in these bytes. @throws Asn1Error */
export function readElements(bytes: Uint8Array): readonly Asn1Element[] {
  const elements: Asn1Element[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const element = readElement(bytes.subarray(offset));
    elements.push(element);
    offset += element.whole.length;
  }
  return elements;
}

/** The element at the beginning of these bytes. @throws Asn1Error */
export function readElement(bytes: Uint8Array): Asn1Element {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined) throw new Asn1Error('the data ends within an element');
  if ((tag & 0x1f) === 0x1f) throw new Asn1Error('a tag of several bytes');
  let header = 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4) throw new Asn1Error('a length that DER does not have');
    length = 0;
    for (const octet of bytes.subarray(2, 2 + octets)) length = length * 256 + octet;
    header += octets;
  }
  if (header + length > bytes.length) throw new Asn1Error('the data ends within an element');
  return { tag, content: bytes.subarray(header, header + length), whole: bytes.subarray(0, header + length) };
}

/** The elements within one. @throws Asn1Error where it has none */
export function elementsOf(element: Asn1Element | undefined): readonly Asn1Element[] {
  if (element === undefined) throw new Asn1Error('an element is missing');
  if ((element.tag & CONSTRUCTED) === 0) throw new Asn1Error('an element that holds no others');
  return readElements(element.content);
}

export function objectIdentifierOf(element: Asn1Element | undefined): string {
  if (element?.tag !== 0x06) throw new Asn1Error('an object identifier is missing');
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of element.content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (arcs.length > 0) arcs.push(arc);
    else arcs.push(Math.min(Math.floor(arc / 40), 2), arc - 40 * Math.min(Math.floor(arc / 40), 2));
    arc = 0;
  }
  return arcs.join('.');
}

/** UTF8String, PrintableString, IA5String; undefined for anything else. */
export function textOf(element: Asn1Element): string | undefined {
  return TEXT_TAGS.has(element.tag) ? new TextDecoder().decode(element.content) : undefined;
}

const TEXT_TAGS: ReadonlySet<number> = new Set([0x0c, 0x13, 0x16]);

/** The bytes of a BIT STRING of whole bytes. */
export function bitsOf(element: Asn1Element | undefined): Uint8Array {
  if (element?.tag !== 0x03) throw new Asn1Error('a bit string is missing');
  return element.content.subarray(1);
}
