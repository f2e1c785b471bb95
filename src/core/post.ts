/** Which hosts a webhook may be sent to, and which certificates it trusts. */
export interface PostRules {
  /** Certificates in PEM that are trusted in addition to the default ones. */
  readonly ca?: string | undefined;
  readonly allow_http?: boolean | undefined;
  /** Hosts in addition to loopback. */
  readonly allow_hosts?: readonly string[] | undefined;
  /** Default: false for loopback hosts, true for others. */
  readonly verify_tls?: boolean | undefined;
}

/** A webhook to send. */
export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Real milliseconds to wait for the response. */
  readonly timeout: number;
  readonly rules: PostRules;
}

/** The result of a webhook: the status of the response, or why there is none. */
export type PostResult =
  | { readonly kind: 'response'; readonly status: number }
  | { readonly kind: 'failed'; readonly why: string };

/** Sends a request of the simulated Apple's own. Never rejects. */
export type Post = (posting: Posting) => Promise<PostResult>;
