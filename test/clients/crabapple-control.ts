// biome-ignore lint/suspicious/noExplicitAny: bodies of any shape are read
type Content = any;

export interface JournalEntry {
  readonly fault?: string;
  readonly seq: number;
  readonly at: string;
  readonly wall_at: string;
  readonly operation: string | null;
  readonly transport: string;
  readonly request: {
    readonly method: string;
    readonly authority: string;
    readonly path: string;
    readonly body: Content;
  };
  /** Null if the exchange ended without a response. */
  readonly response: { readonly status: number; readonly body: Content } | null;
  readonly ended?: string;
  readonly why?: string;
}

/** The push members of a device in the inventory. */
export interface PushDevice {
  readonly serial_number: string;
  readonly push_token: string;
  readonly push_magic: string;
  readonly push_topic: string;
  readonly last_push?: { readonly apns_id: string; readonly state: string; readonly woke_device?: boolean };
}

export interface IssuedCertificate {
  /** Base64. */
  readonly pkcs12: string;
  readonly topic: string;
  readonly certificate: string;
  readonly private_key: string;
}

export interface IssuedKey {
  readonly key_id: string;
  readonly team_id: string;
  readonly private_key: string;
}

interface JournalPage {
  readonly entries: readonly JournalEntry[];
  readonly next: number;
}

interface DevicePage {
  readonly devices: readonly { readonly serial_number: string }[];
  readonly next: string | null;
}

/** The content of the server token file. */
export interface ServerToken {
  readonly consumer_key: string;
  readonly consumer_secret: string;
  readonly access_token: string;
  readonly access_secret: string;
  readonly access_token_expiry: string;
}

const PAGE = 100;

/** The control API of a running server: portal actions, clock, faults and journal. */
export class CrabappleControl {
  readonly #url: string;

  constructor(url: string) {
    this.#url = `${url}/_crabapple`;
  }

  /** The current server token. */
  async serverToken(mdmServer: string): Promise<ServerToken> {
    return (await this.#request('GET', `/token?${new URLSearchParams({ mdm_server: mdmServer })}`)).json();
  }

  /** The server token encrypted for a certificate, as the portal offers it for download. */
  async serverTokenFile(mdmServer: string, certificate: string): Promise<string> {
    const path = `/token?${new URLSearchParams({ mdm_server: mdmServer })}`;
    return (await this.#request('POST', path, certificate, 'application/x-pem-file')).text();
  }

  async act(action: object): Promise<void> {
    await this.#post('/actions', action);
  }

  async device(serialNumber: string): Promise<PushDevice> {
    const query = new URLSearchParams({ serial_number: serialNumber });
    const { devices } = (await (await this.#request('GET', `/devices?${query}`)).json()) as {
      devices: readonly PushDevice[];
    };
    return devices[0]!;
  }

  async pushCertificate(options: object = {}): Promise<IssuedCertificate> {
    return (await this.#post('/push-certificates', options)).json();
  }

  async pushKey(options: object = {}): Promise<IssuedKey> {
    return (await this.#post('/push-keys', options)).json();
  }

  async addFault(fault: object): Promise<void> {
    await this.#post('/faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.#request('DELETE', '/faults');
  }

  async setClock(setting: object): Promise<void> {
    await this.#post('/clock', setting);
  }

  /** Virtual time, milliseconds since the epoch. */
  async now(): Promise<number> {
    return Date.parse(((await (await this.#request('GET', '/clock')).json()) as { now: string }).now);
  }

  async journal(after = 0): Promise<readonly JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for (let next = after; ; ) {
      const page: JournalPage = await (
        await this.#request('GET', `/journal?after=${next}&limit=${PAGE}`)
      ).json();
      entries.push(...page.entries);
      if (page.entries.length < PAGE) return entries;
      next = page.next;
    }
  }

  /** Requests with a credential of no organization. */
  async unclaimed(): Promise<readonly JournalEntry[]> {
    const page: JournalPage = await (await this.#request('GET', '/journal?unclaimed=true')).json();
    return page.entries;
  }

  async lastSeq(): Promise<number> {
    return (await this.journal()).at(-1)?.seq ?? 0;
  }

  /** Serial numbers of all devices of an MDM server, sorted. */
  async serialsOf(mdmServer: string): Promise<readonly string[]> {
    const serials: string[] = [];
    const query = new URLSearchParams({ mdm_server: mdmServer, limit: String(PAGE) });
    for (;;) {
      const page: DevicePage = await (await this.#request('GET', `/devices?${query}`)).json();
      serials.push(...page.devices.map(({ serial_number }) => serial_number));
      if (page.next === null) return serials.sort();
      query.set('cursor', page.next);
    }
  }

  #post(path: string, content: object): Promise<Response> {
    return this.#request('POST', path, JSON.stringify(content), 'application/json');
  }

  async #request(method: string, path: string, content?: string, type?: string): Promise<Response> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      ...(content === undefined ? {} : { body: content, headers: { 'content-type': type! } }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}

/** One line per exchange: the operation, and status and body of an error response. */
export const outcomesOf = (entries: readonly JournalEntry[]): readonly string[] =>
  entries.map(({ operation, response }) =>
    response?.status === 200 ? `${operation}` : `${operation} ${response?.status} ${response?.body}`,
  );
