/** Where a webhook may go, and whom it trusts. */
export interface PostRules {
  /** Certificates in PEM that are trusted beside the usual ones. */
  readonly ca?: string | undefined;
  readonly allow_http?: boolean | undefined;
  /** Hosts beside loopback. */
  readonly allow_hosts?: readonly string[] | undefined;
  /** On loopback no, elsewhere yes, where not given. */
  readonly verify_tls?: boolean | undefined;
}

/** What shall be sent, and where to. */
export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Real milliseconds until it counts as unanswered. */
  readonly timeout: number;
  readonly rules: PostRules;
}

/** What became of it. */
export type PostResult =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly why: string };

/** Sends a request of the simulated Apple's own. Never rejects. */
export type Post = (posting: Posting) => Promise<PostResult>;
