import { AppleError, whyOf } from './apple-error.ts';

export interface Asset {
  readonly adamId: string;
  readonly pricingParam: 'STDQ' | 'PLUS';
  readonly productType: 'App' | 'Book';
  readonly deviceAssignable: boolean;
  readonly revocable: boolean;
  readonly totalCount: number;
  readonly assignedCount: number;
  readonly availableCount: number;
}

/** The device or user that has a license. */
export type Holder = { readonly serialNumber: string } | { readonly clientUserId: string };

export type Assignment = Holder & { readonly adamId: string; readonly pricingParam: string };

export interface ContentUser {
  readonly clientUserId: string;
  readonly email?: string;
  readonly status: string;
}

interface Failed {
  readonly errorNumber: number;
  readonly errorMessage: string;
}

interface EventStatus {
  readonly eventStatus: 'PENDING' | 'COMPLETE' | 'FAILED';
  readonly failures?: readonly Failed[];
}

const APPLE = {
  content: 'https://vpp.itunes.apple.com',
  lookup: 'https://uclient-api.itunes.apple.com',
};

const LOOKUP = '/WebObjects/MZStorePlatform.woa/wa/lookup';

/** Milliseconds between two reads of an event. */
const POLL_INTERVAL = 200;

/** A client of Apps and Books with the content token of a location. */
export class AppsAndBooks {
  readonly #token: string;
  readonly #bases: typeof APPLE;

  constructor(token: string, bases = APPLE) {
    this.#token = token;
    this.#bases = bases;
  }

  assets(): Promise<readonly Asset[]> {
    return this.#pages('/assets', 'assets');
  }

  users(): Promise<readonly ContentUser[]> {
    return this.#pages('/users', 'users');
  }

  assignments(): Promise<readonly Assignment[]> {
    return this.#pages('/assignments', 'assignments');
  }

  /** Names of apps and books by Adam ID, without those that are not in the store. */
  async names(adamIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (adamIds.length === 0) return new Map();
    const query = new URLSearchParams({
      id: adamIds.join(','),
      p: 'mdm-lockup',
      caller: 'MDM',
      version: '2',
    });
    const response = await fetch(`${this.#bases.lookup}${LOOKUP}?${query}`);
    if (!response.ok) throw new AppleError(response.status, await response.text(), whyOf(response));
    const { results } = (await response.json()) as { results: Readonly<Record<string, { name: string }>> };
    return new Map(Object.entries(results).map(([id, { name }]) => [id, name]));
  }

  /** Assigns a license. Resolves when the event has completed. */
  assign(asset: Asset, holder: Holder): Promise<void> {
    return this.#manage('/assets/associate', asset, holder);
  }

  /** Revokes a license. Resolves when the event has completed. */
  revoke(asset: Asset, holder: Holder): Promise<void> {
    return this.#manage('/assets/disassociate', asset, holder);
  }

  async #manage(path: string, { adamId, pricingParam }: Asset, holder: Holder): Promise<void> {
    const { eventId } = await this.#call<{ eventId: string }>('POST', path, {
      assets: [{ adamId, pricingParam }],
      ...('serialNumber' in holder
        ? { serialNumbers: [holder.serialNumber] }
        : { clientUserIds: [holder.clientUserId] }),
    });
    await this.#waitForEvent(eventId);
  }

  /** Assignments are asynchronous: reads the event until it has completed. @throws AppleError if it failed */
  async #waitForEvent(eventId: string): Promise<void> {
    for (;;) {
      const { eventStatus, failures } = await this.#call<EventStatus>('GET', `/status?eventId=${eventId}`);
      if (eventStatus === 'COMPLETE') return;
      if (eventStatus === 'FAILED') {
        const [first] = failures ?? [];
        throw new AppleError(200, String(first?.errorNumber ?? 'FAILED'), undefined, first?.errorMessage);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
    }
  }

  async #pages<Item>(path: string, member: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (let index: number | undefined = 0; index !== undefined; ) {
      const page: { readonly nextPageIndex?: number } = await this.#call('GET', `${path}?pageIndex=${index}`);
      items.push(...((page as Readonly<Record<string, readonly Item[]>>)[member] ?? []));
      index = page.nextPageIndex;
    }
    return items;
  }

  /** An error response may have status 200; `errorNumber` marks it. */
  async #call<Content>(method: string, path: string, body?: object): Promise<Content> {
    const response = await fetch(`${this.#bases.content}/mdm/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content = (await response.json()) as Content & Partial<Failed>;
    if (content.errorNumber === undefined && response.ok) return content;
    throw new AppleError(
      response.status,
      String(content.errorNumber ?? response.statusText),
      whyOf(response),
      content.errorMessage,
    );
  }
}
