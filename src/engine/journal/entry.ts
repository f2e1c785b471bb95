import type { Sha256 } from '../../core/digest.ts';
import type { Host } from '../../core/host.ts';
import type { Body, Response } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';

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

type About = Omit<JournalDraft, 'transport' | 'request' | 'response'>;

/** What the journal keeps of an exchange. */
export function draftOf(
  about: About,
  request: HttpRequest,
  response: Response | undefined,
  sha256: Host['sha256'],
): JournalDraft {
  // Member by member: copies with rest and spread cost more than all else on the way of a request.
  return {
    at: about.at,
    wallAt: about.wallAt,
    organization: about.organization,
    operation: about.operation,
    transport: request.entrance.transport,
    request: {
      method: request.method,
      scheme: request.scheme,
      authority: request.authority,
      path: request.path,
      query: request.query,
      headers: request.headers,
      repeated: request.repeated,
      body: keepBody(request.body, sha256),
    },
    response:
      response === undefined
        ? undefined
        : { status: response.status, headers: response.headers, body: keepBody(response.body, sha256) },
    ended: about.ended,
    why: about.why,
    fault: about.fault,
  };
}
