import { CODE_LENGTHS } from './huffman-code.ts';

const END_OF_STRING = 256;
/** The tree of 257 codes has so many nodes that are none of them, the root being 0. */
const NODES = 256;
const LONGEST_PADDING = 7;

// What the table says of half an octet that is read at a node: the node to go on from, the octet that ended with it.
const OCTET_SHIFT = 8;
const ENDED = 1 << 16;
const INVALID = 1 << 17;

interface Huffman {
  readonly steps: Int32Array;
  /** Of each node whether a string may end there: the rest of an octet is filled with ones. */
  readonly endings: Uint8Array;
}

let huffman: Huffman | undefined;
let decoded = Buffer.alloc(0);

/** The text of octets in Huffman code (RFC 7541 section 5.2), undefined where they are none. */
export function huffmanText(bytes: Buffer, from: number, to: number): string | undefined {
  huffman ??= createHuffman();
  const { steps, endings } = huffman;
  // No code has fewer than 5 bits.
  const most = Math.ceil(((to - from) * 8) / 5);
  if (decoded.length < most) decoded = Buffer.allocUnsafeSlow(Math.max(most, 1024));
  let node = 0;
  let size = 0;
  let seen = 0;
  for (let at = from; at < to; at += 1) {
    const octet = bytes[at]!;
    const high = steps[(node << 4) | (octet >> 4)]!;
    if ((high & ENDED) !== 0) decoded[size++] = high >> OCTET_SHIFT;
    const low = steps[((high & 0xff) << 4) | (octet & 0xf)]!;
    if ((low & ENDED) !== 0) decoded[size++] = low >> OCTET_SHIFT;
    seen |= high | low;
    node = low & 0xff;
  }
  if ((seen & INVALID) !== 0 || endings[node] === 0) return undefined;
  return decoded.toString('latin1', 0, size);
}

/** Of each node where a 0 and where a 1 leads: to another node, or as a negative number to what ends there. */
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
        step |= symbol === END_OF_STRING ? INVALID : ENDED | (symbol << OCTET_SHIFT);
        node = 0;
      }
      steps[(start << 4) | half] = step | node;
    }
  }
  const endings = new Uint8Array(NODES);
  for (let node = 0, bits = 0; bits <= LONGEST_PADDING; bits += 1) {
    endings[node] = 1;
    node = tree[2 * node + 1]!;
  }
  return { steps, endings };
}
