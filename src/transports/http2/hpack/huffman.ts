/**
 * The code length in bits of each octet, then that of the end of the string (RFC 7541 appendix B). The code is canonical:
 * shorter codes come first, codes of one length in the order of their symbols.
 */
export const CODE_LENGTHS: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7,
  8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19,
  13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13,
  28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21,
  22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23,
  22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25,
  25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];

const END_OF_STRING = 256;
/** Inner nodes of the tree of 257 codes; the root is 0. */
const NODES = 256;
const MAX_PADDING = 7;

// A step is what half an octet does at a node: the next node, and the octet that was completed, if any.
const OCTET_SHIFT = 8;
const COMPLETED = 1 << 16;
const INVALID = 1 << 17;

interface Huffman {
  readonly steps: Int32Array;
  /** For each node whether a string may end there: the last octet is padded with ones. */
  readonly canEnd: Uint8Array;
}

let huffman: Huffman | undefined;
let decoded = Buffer.alloc(0);

/** Decodes a Huffman-coded string (RFC 7541 section 5.2); undefined if it is invalid. */
export function huffmanText(bytes: Buffer, from: number, to: number): string | undefined {
  huffman ??= createHuffman();
  const { steps, canEnd } = huffman;
  // No code has fewer than 5 bits.
  const most = Math.ceil(((to - from) * 8) / 5);
  if (decoded.length < most) decoded = Buffer.allocUnsafeSlow(Math.max(most, 1024));
  let node = 0;
  let size = 0;
  let seen = 0;
  for (let at = from; at < to; at += 1) {
    const octet = bytes[at]!;
    const high = steps[(node << 4) | (octet >> 4)]!;
    if ((high & COMPLETED) !== 0) decoded[size++] = high >> OCTET_SHIFT;
    const low = steps[((high & 0xff) << 4) | (octet & 0xf)]!;
    if ((low & COMPLETED) !== 0) decoded[size++] = low >> OCTET_SHIFT;
    seen |= high | low;
    node = low & 0xff;
  }
  if ((seen & INVALID) !== 0 || canEnd[node] === 0) return undefined;
  return decoded.toString('latin1', 0, size);
}

/** For each node the targets of bit 0 and bit 1: another node, or as a negative number the symbol of a leaf. */
function createTree(): Int16Array {
  const tree = new Int16Array(2 * NODES);
  const symbols = CODE_LENGTHS.map((_, symbol) => symbol);
  symbols.sort((a, b) => CODE_LENGTHS[a]! - CODE_LENGTHS[b]! || a - b);
  let nodes = 1;
  let code = 0;
  let before = 0;
  for (const symbol of symbols) {
    const length = CODE_LENGTHS[symbol]!;
    code <<= length - before;
    before = length;
    let node = 0;
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      const branch = 2 * node + ((code >> bit) & 1);
      if (bit === 0) tree[branch] = -1 - symbol;
      else if (tree[branch] === 0) tree[branch] = nodes++;
      node = tree[branch]!;
    }
    code += 1;
  }
  return tree;
}

function createHuffman(): Huffman {
  const tree = createTree();
  const steps = new Int32Array(NODES * 16);
  for (let start = 0; start < NODES; start += 1) {
    for (let half = 0; half < 16; half += 1) {
      let node = start;
      let step = 0;
      for (let bit = 3; bit >= 0; bit -= 1) {
        node = tree[2 * node + ((half >> bit) & 1)]!;
        if (node >= 0) continue;
        const symbol = -1 - node;
        step |= symbol === END_OF_STRING ? INVALID : COMPLETED | (symbol << OCTET_SHIFT);
        node = 0;
      }
      steps[(start << 4) | half] = step | node;
    }
  }
  const canEnd = new Uint8Array(NODES);
  for (let node = 0, bits = 0; bits <= MAX_PADDING; bits += 1) {
    canEnd[node] = 1;
    node = tree[2 * node + 1]!;
  }
  return { steps, canEnd };
}
