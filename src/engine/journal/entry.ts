import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import type { BodyFormat } from '../body.ts';

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

/** One request with what became of it. Secrets are in it: whoever shows entries masks them. */
export interface JournalEntry {
  /** Counts the entries of the whole server, from 1. */
  readonly seq: number;
  /** Virtual time of the request, milliseconds since the epoch. */
  readonly at: number;
  /** Real time of the request, milliseconds since the epoch. */
  readonly wallAt: number;
  /** Undefined for requests whose credential nobody here has. */
  readonly organization: string | undefined;
  /** Undefined where the request met no operation. */
  readonly operation: string | undefined;
  /** Where it came in: `express`, `http2`, `msw`, … */
  readonly transport: string;
  /** The request as it came, its body as it is kept. */
  readonly request: Omit<HttpRequest, 'body' | 'entrance'> & {
    /** Whole, or its head where it is large. */
    readonly body: KeptBody;
  };
  /** How the operation's bodies are written; undefined for JSON. */
  readonly bodyFormat?: BodyFormat | undefined;
  /** Undefined where the connection ended without one: see `ended`. */
  readonly response: KeptResponse | undefined;
  /** What became of a request that got no response: `client_gone`, `reset`, `stall`, … */
  readonly ended?: string | undefined;
  /** In plain words why the answer is what it is; undefined where that is plain. */
  readonly why?: string | undefined;
  /** Id of the fault that answered. */
  readonly fault?: string | undefined;
}

export type JournalDraft = Omit<JournalEntry, 'seq'>;
