import type { Sha256 } from '../../core/digest.ts';
import type { Body } from '../../core/outcome.ts';
import type { KeptBody } from './entry.ts';

/** A body over this is kept as its head, its length and its SHA-256. */
const LARGEST_WHOLE = 64 * 1024;
const HEAD = 4 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const NOTHING: KeptBody = { kind: 'whole', bytes: '' };

export function keepBody(body: Body, sha256: Sha256): KeptBody {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return { kind: 'stream' };
  if (body.length === 0) return NOTHING;
  // No character takes more than three bytes, so that most texts need no counting.
  const most = typeof body === 'string' ? body.length * 3 : body.length;
  if (most <= LARGEST_WHOLE) return { kind: 'whole', bytes: body };
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  if (bytes.length <= LARGEST_WHOLE) return { kind: 'whole', bytes: body };
  const head = decoder.decode(bytes.subarray(0, HEAD));
  return { kind: 'head', head, length: bytes.length, sha256: sha256(bytes) };
}

/** Memory that it takes, near enough. */
export function keptSize(body: KeptBody): number {
  switch (body.kind) {
    case 'whole':
      return body.bytes.length;
    case 'head':
      return body.head.length + 100;
    case 'stream':
      return 0;
  }
}
