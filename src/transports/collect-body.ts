import type { Readable } from 'node:stream';

export type Collected =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'too_large' }
  /** The sender broke off after these bytes. */
  | { readonly kind: 'cut'; readonly bytes: Uint8Array };

const NOTHING: Collected = { kind: 'whole', bytes: new Uint8Array() };

export interface Collecting {
  /** By `content-length`, where it is given. */
  readonly declared: number | undefined;
  /** True where a request without a body cannot be told from one with. */
  readonly open: boolean;
  readonly largest: number;
}

/** Reads a body to its end, `largest` bytes at most; tells once what came of it, at once where there is none. */
export function collectBody(
  stream: Readable,
  { declared, open, largest }: Collecting,
  tell: (collected: Collected) => void,
): void {
  if (stream.readableEnded || (declared === undefined ? !open : declared === 0)) {
    tell(NOTHING);
    return;
  }
  // What is too much is read and dropped, so that the sender gets to see the answer.
  if (declared !== undefined && declared > largest) {
    stream.resume();
    tell({ kind: 'too_large' });
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const settle = (collected: Collected): void => {
    stream.off('data', take).off('end', end).off('close', cut);
    tell(collected);
  };
  const take = (chunk: Buffer): void => {
    length += chunk.length;
    if (length <= largest) chunks.push(chunk);
    else settle({ kind: 'too_large' });
  };
  const end = (): void => settle({ kind: 'whole', bytes: whole(chunks, length) });
  const cut = (): void => settle({ kind: 'cut', bytes: whole(chunks, length) });
  stream.on('data', take).on('end', end).on('close', cut);
  // A broken connection is an error and a close; the close is enough.
  stream.on('error', () => {});
}

const whole = (chunks: readonly Buffer[], length: number): Uint8Array =>
  chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
