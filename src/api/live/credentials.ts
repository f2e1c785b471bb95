import { instant } from '../../core/clock.ts';
import { contentTokenFile, offeredToken } from '../../organization/content/content-token.ts';
import type { Location } from '../../organization/content/location.ts';
import { currentToken, type MdmServer } from '../../organization/enrollment/mdm-server.ts';
import type { Organization } from '../../organization/organization.ts';
import type { Credentials, ServerToken } from '../credentials.ts';

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

/** What is handed out for whichever organization is asked for. */
export class LiveCredentials implements Credentials {
  readonly #organization: () => Organization;

  constructor(organization: () => Organization) {
    this.#organization = organization;
  }

  get serverToken(): ServerToken {
    // A scenario has at least one MDM server: its schema says so.
    return serverTokenOf(this.#settled().enrollment.servers[0]!);
  }

  get consumerKey(): string {
    return this.serverToken.consumer_key;
  }

  get consumerSecret(): string {
    return this.serverToken.consumer_secret;
  }

  get accessToken(): string {
    return this.serverToken.access_token;
  }

  get accessSecret(): string {
    return this.serverToken.access_secret;
  }

  get serverTokens(): Readonly<Record<string, ServerToken>> {
    const { servers } = this.#settled().enrollment;
    return Object.fromEntries(servers.map((server) => [server.serverName, serverTokenOf(server)]));
  }

  get contentToken(): string | undefined {
    const [first] = this.#settled().content.locations;
    return first === undefined ? undefined : this.#contentTokenOf(first);
  }

  get contentTokens(): Readonly<Record<string, string>> {
    const { locations } = this.#settled().content;
    return Object.fromEntries(locations.map((location) => [location.name, this.#contentTokenOf(location)]));
  }

  #contentTokenOf({ tokens }: Location): string {
    const { account, runtime } = this.#settled();
    // A location has at least one content token: its schema says so.
    return contentTokenFile(offeredToken(tokens, runtime.clock.now())!, account.org_name);
  }

  /** What has fallen due, such as a new server token, has happened before anybody looks. */
  #settled(): Organization {
    const organization = this.#organization();
    organization.runDueTasks();
    return organization;
  }

  get pushTopic(): string {
    return this.#settled().push.topic;
  }

  get teamId(): string {
    return this.#settled().push.teamId;
  }
}
