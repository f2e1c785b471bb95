import type { HeaderFields, HttpRequest } from '../../http/request.ts';

/** A body as it is kept: whole, or head, length and digest where it is large. */
export type KeptBody =
  | { readonly kind: 'whole'; readonly bytes: string | Uint8Array }
  | { readonly kind: 'head'; readonly head: string; readonly length: number; readonly sha256: string }
  | { readonly kind: 'stream' };

export interface KeptResponse {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: KeptBody;
}

export interface JournalEntry {
  readonly seq: number;
  /** Virtual and real time of the request, milliseconds since the epoch. */
  readonly at: number;
  readonly wallAt: number;
  /** Undefined for requests whose credential nobody here has. */
  readonly organization: string | undefined;
  /** Undefined where the request met no operation. */
  readonly operation: string | undefined;
  readonly door: string;
  readonly request: Omit<HttpRequest, 'body' | 'entrance'> & { readonly body: KeptBody };
  /** Undefined where the connection ended without one: see `ended`. */
  readonly response: KeptResponse | undefined;
  /** What became of a request that got no response: `client_gone`, `reset`, `stall`, … */
  readonly ended?: string | undefined;
  readonly why?: string | undefined;
  /** Id of the fault that answered. */
  readonly fault?: string | undefined;
}

export type JournalDraft = Omit<JournalEntry, 'seq'>;
