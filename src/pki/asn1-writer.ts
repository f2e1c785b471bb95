// asn1js reads here, but what this room writes has bytes in it that must stay as they came, and its own types
// let no raw bytes stand among elements.

export const Tag = {
  octetString: 0x04,
  sequence: 0x30,
  set: 0x31,
  /** `[0] IMPLICIT` of an octet string in one piece. */
  contextPrimitive0: 0x80,
  context0: 0xa0,
} as const;

export type WriteElement = (tag: number, ...contents: readonly Uint8Array[]) => Uint8Array;

export const ofDefiniteLength: WriteElement = (tag, ...contents) => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Uint8Array.of(tag), lengthOctets(content.length), content]);
};

/** Length `80`, and two zero octets at the end: BER only (X.690 section 8.1.3.6). */
export const ofIndefiniteLength: WriteElement = (tag, ...contents) =>
  Buffer.concat([Uint8Array.of(tag, 0x80), ...contents, Uint8Array.of(0, 0)]);

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}
