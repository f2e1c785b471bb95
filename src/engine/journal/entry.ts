import type { Sha256 } from '../../core/digest.ts';
import type { Host } from '../../core/host.ts';
import type { Body, Response } from '../../core/outcome.ts';
import type { HeaderFields, HttpRequest } from '../../core/request.ts';
import type { BodyFormat } from '../body.ts';

/** A recorded body: complete, or the first part, length and digest of a large one. */
export type KeptBody =
  | { readonly kind: 'whole'; readonly bytes: string | Uint8Array }
  | { readonly kind: 'head'; readonly head: string; readonly length: number; readonly sha256: string }
  | { readonly kind: 'stream' };

export interface KeptResponse {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: KeptBody;
}

/** One recorded request with its response. Contains secrets: mask them before you show an entry. */
export interface JournalEntry {
  /** Number of the entry in the server, from 1. */
  readonly seq: number;
  /** Virtual time of the request, milliseconds since the epoch. */
  readonly at: number;
  /** Real time of the request, milliseconds since the epoch. */
  readonly wallAt: number;
  /** Undefined if no organization has the credential of the request. */
  readonly organization: string | undefined;
  /** Undefined if the request matched no operation. */
  readonly operation: string | undefined;
  /** `express`, `http2`, `msw`, … */
  readonly transport: string;
  /** The request as it was received. */
  readonly request: Omit<HttpRequest, 'body' | 'transport'> & {
    readonly body: KeptBody;
  };
  /** How the operation's bodies are written; undefined for JSON. */
  readonly bodyFormat?: BodyFormat | undefined;
  /** Undefined if the connection ended without a response: see `ended`. */
  readonly response: KeptResponse | undefined;
  /** How a request without response ended: `client_gone`, `reset`, `stall`, … */
  readonly ended?: string | undefined;
  /** The reason of the response in plain words; undefined if it needs none. */
  readonly why?: string | undefined;
  /** Id of the fault that was applied. */
  readonly fault?: string | undefined;
}

export type JournalDraft = Omit<JournalEntry, 'seq'>;

/** Larger bodies are recorded as their first part, length and SHA-256. */
const LARGEST_WHOLE = 64 * 1024;
const HEAD = 4 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const NOTHING: KeptBody = { kind: 'whole', bytes: '' };

export function keepBody(body: Body, sha256: Sha256): KeptBody {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return { kind: 'stream' };
  if (body.length === 0) return NOTHING;
  // A UTF-16 unit takes at most three bytes in UTF-8, so most texts need no encoding.
  const most = typeof body === 'string' ? body.length * 3 : body.length;
  if (most <= LARGEST_WHOLE) return { kind: 'whole', bytes: body };
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  if (bytes.length <= LARGEST_WHOLE) return { kind: 'whole', bytes: body };
  const head = decoder.decode(bytes.subarray(0, HEAD));
  return { kind: 'head', head, length: bytes.length, sha256: sha256(bytes) };
}

/** Approximate memory of a body. */
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

/** The draft of a journal entry. */
export function draftOf(
  about: About,
  request: HttpRequest,
  response: Response | undefined,
  sha256: Host['sha256'],
): JournalDraft {
  // Rest and spread would be the most expensive part of a request.
  return {
    at: about.at,
    wallAt: about.wallAt,
    organization: about.organization,
    operation: about.operation,
    bodyFormat: about.bodyFormat,
    transport: request.transport.name,
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
