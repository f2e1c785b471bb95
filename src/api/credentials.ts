import { instant } from '../core/clock.ts';
import { contentTokenFile, offeredToken } from '../organization/content/content-token.ts';
import type { Location } from '../organization/content/location.ts';
import { currentToken, type MdmServer } from '../organization/enrollment/mdm-server.ts';
import type { Organization } from '../organization/organization.ts';

/** The content of a server token; an MDM server signs its session requests with it. */
export interface ServerToken {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_secret: string;
  /** Virtual time as Apple writes it: `2027-03-02T08:00:00Z`. */
  readonly access_token_expiry: string;
}

/** The current credentials that Apple's portals give to an MDM server. */
export interface Credentials {
  /** The token of the first MDM server; the next four members are its parts. */
  readonly serverToken: ServerToken;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessSecret: string;
  /** The server tokens of all MDM servers, by `server_name`. */
  readonly serverTokens: Readonly<Record<string, ServerToken>>;
  /** The content of the `.vpptoken` file of the first location; undefined if there is no location. */
  readonly contentToken: string | undefined;
  /** The content of the `.vpptoken` files of all locations, by name. */
  readonly contentTokens: Readonly<Record<string, string>>;
  /** The topic of the MDM push certificate: `com.apple.mgmt.External.` and a UUID. */
  readonly pushTopic: string;
  /** The id of the team that owns the keys for provider tokens. */
  readonly teamId: string;
}

function serverTokenOf(server: MdmServer): ServerToken {
  const { consumer_key, consumer_secret, access_token, access_secret, expiresAt } = currentToken(server);
  return {
    consumer_key,
    consumer_secret,
    access_token,
    access_secret,
    access_token_expiry: instant(expiresAt),
  };
}

/** @param organization returns the organization with all due tasks done, such as the renewal of a token */
export function credentialsOf(organization: () => Organization): Credentials {
  // The schema of scenarios requires at least one MDM server.
  const serverToken = () => serverTokenOf(organization().enrollment.servers[0]!);
  const contentToken = ({ tokens }: Location): string => {
    const { account, runtime } = organization();
    // The schema of scenarios requires at least one content token for each location.
    return contentTokenFile(offeredToken(tokens, runtime.clock.now())!, account.org_name);
  };
  return {
    get serverToken() {
      return serverToken();
    },
    get consumerKey() {
      return serverToken().consumer_key;
    },
    get consumerSecret() {
      return serverToken().consumer_secret;
    },
    get accessToken() {
      return serverToken().access_token;
    },
    get accessSecret() {
      return serverToken().access_secret;
    },
    get serverTokens() {
      const { servers } = organization().enrollment;
      return Object.fromEntries(servers.map((server) => [server.serverName, serverTokenOf(server)]));
    },
    get contentToken() {
      const [first] = organization().content.locations;
      return first === undefined ? undefined : contentToken(first);
    },
    get contentTokens() {
      const { locations } = organization().content;
      return Object.fromEntries(locations.map((location) => [location.name, contentToken(location)]));
    },
    get pushTopic() {
      return organization().push.topic;
    },
    get teamId() {
      return organization().push.teamId;
    },
  };
}
