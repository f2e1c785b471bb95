/** A push to send; the client chooses the members that are left out. */
export interface Push {
  readonly token: string;
  readonly payload: object;
  readonly topic?: string;
  readonly pushType?: string;
  readonly priority?: number;
  readonly collapseId?: string;
  readonly apnsId?: string;
  /** Seconds since the epoch. */
  readonly expiration?: number;
  /** Creates a new provider token with the same key first. */
  readonly freshToken?: boolean;
}

/** What a client returned to its caller. */
export interface PushResult {
  readonly status?: number;
  readonly reason?: string;
  /** Milliseconds since the epoch. */
  readonly timestamp?: number;
  readonly apnsId?: string;
  /** The client's error message. */
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

/** The address and the credential that a client pushes with. */
export interface PushSettings {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly caFile: string;
  readonly proxyUrl: string;
  readonly certificate?: CertificateFiles;
  readonly providerKey?: ProviderKey;
  /** Connect to Apple's host name through the proxy. */
  readonly useProxy?: boolean;
  /** Default topic, for clients that take it at startup. */
  readonly topic?: string;
}

/** A running client. */
export interface PushSession {
  send(push: Push): Promise<PushResult>;
  readonly output: string;
  stop(): Promise<void>;
}

/** Header fields that a client lets its caller set. */
export type PushField = Exclude<keyof Push, 'token' | 'payload' | 'freshToken'>;

/** The client's error message for each way in which a push ends without a response. */
export interface FailureMessages {
  /** GOAWAY instead of the response; undefined if the client retries successfully. */
  readonly goaway: RegExp | undefined;
  /** GOAWAY with a reason before any push; undefined if the client retries longer than a test can wait. */
  readonly rejectedCertificate: RegExp | undefined;
  /** The connection closed before the first frame. */
  readonly closed: RegExp;
  readonly alertExpired: RegExp;
  readonly alertInternalError: RegExp;
}

/** A published third-party program or library that sends pushes. */
export interface PushClient {
  /** Including the version. */
  readonly name: string;
  readonly settableFields: readonly PushField[];
  readonly failures: FailureMessages;
  /** The client retries once on 429 and 5xx, without a delay. */
  readonly retries?: true;
  /** Error reasons that its caller never receives: the client matches responses by the apns-id that it sent. */
  readonly hiddenReasons?: readonly string[];
  /** The environment that the client requires in a certificate at this address. */
  readonly checksCertificateFor?: 'sandbox';
  /** Installs the client. Skips the tests of a suite, with a message, if it cannot run here. */
  prepare(context: Mocha.Context): void | Promise<void>;
  start(settings: PushSettings): PushSession;
}
