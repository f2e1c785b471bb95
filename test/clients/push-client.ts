/** A push as a test wants it; what is left out the client fills in as it pleases. */
export interface Push {
  readonly token: string;
  readonly payload: object;
  readonly topic?: string;
  readonly pushType?: string;
  readonly priority?: number;
  readonly collapseId?: string;
  readonly apnsId?: string;
  /** Seconds since 1970. */
  readonly expiration?: number;
  /** With a provider token other than the last one, of the same key. */
  readonly freshToken?: boolean;
}

/** What a client made of the answer. */
export interface PushAnswer {
  readonly status?: number;
  readonly reason?: string;
  /** Milliseconds since 1970. */
  readonly timestamp?: number;
  readonly apnsId?: string;
  /** In the client's own words. */
  readonly error?: string;
}

export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Both in one file. */
  readonly bundleFile: string;
  /** Both as PKCS#12, without a password. */
  readonly pkcs12File?: string;
}

export interface ProviderKey {
  readonly file: string;
  readonly keyId: string;
  readonly teamId: string;
}

/** Where a client pushes, and as whom. */
export interface PushSettings {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly caFile: string;
  readonly proxyUrl: string;
  readonly certificate?: CertificateFiles;
  readonly providerKey?: ProviderKey;
  /** True where the client shall go to Apple's host by way of the proxy. */
  readonly useProxy?: boolean;
  /** Topic of every push that names none, for clients that want it at their start. */
  readonly topic?: string;
}

/** A client at work. */
export interface PushSession {
  send(push: Push): Promise<PushAnswer>;
  readonly output: string;
  stop(): Promise<void>;
}

/** Header fields that a client lets its caller set. */
export type PushField = Exclude<keyof Push, 'token' | 'payload' | 'freshToken'>;

/** What became of a push that got no answer, in the client's words. */
export interface FailureTexts {
  /** GOAWAY in the place of the answer; undefined where it pushes once more by itself, and gets through. */
  readonly goaway: RegExp | undefined;
  /** GOAWAY with a reason before any push; undefined where it goes on trying for longer than a test may take. */
  readonly refusedCertificate: RegExp | undefined;
  /** The connection closed before the first frame. */
  readonly closed: RegExp;
  readonly alertExpired: RegExp;
  readonly alertInternalError: RegExp;
}

/** Someone else's program or library for pushes, as it is published. */
export interface PushClient {
  /** With its version. */
  readonly name: string;
  readonly sets: readonly PushField[];
  readonly failures: FailureTexts;
  /** It asks once more at 429 and 5xx, at once. */
  readonly repeats?: true;
  /** Reasons that never reach its caller: it finds answers by the apns-id that it sent. */
  readonly loses?: readonly string[];
  /** Environment that it looks for in a certificate at this address, before it pushes. */
  readonly looksFor?: 'sandbox';
  /** Leaves the tests of a suite pending, and says why, where it cannot run here. */
  prepare(context: Mocha.Context): void | Promise<void>;
  start(settings: PushSettings): PushSession;
}
