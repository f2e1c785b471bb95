/** What is in a server token: by it an MDM server signs its first request. */
export interface ServerToken {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_secret: string;
  /** Virtual time as Apple writes it: `2027-03-02T08:00:00Z`. */
  readonly access_token_expiry: string;
}

/** What the portal hands out for an MDM. Each is the one in force now. */
export interface Credentials {
  /** Of the first MDM server, as the four next. */
  readonly serverToken: ServerToken;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessSecret: string;
  /** The server tokens of all MDM servers, by `server_name`. */
  readonly serverTokens: Readonly<Record<string, ServerToken>>;
  /** The content of the `.vpptoken` file of the first location; undefined where there is no location. */
  readonly contentToken: string | undefined;
  /** The same of all locations, by name. */
  readonly contentTokens: Readonly<Record<string, string>>;
  /** The topic of the MDM push certificate: `com.apple.mgmt.External.` and a UUID. */
  readonly pushTopic: string;
  /** The team that the keys for provider tokens belong to. */
  readonly teamId: string;
}
