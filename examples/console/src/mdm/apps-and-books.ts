import { Refusal, whyOf } from './refusal.ts';

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

/** Who or what has a license: a device or a person. */
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
  readonly eventStatus: 'PENDING' | 'COMPLETE' | 'FAILURE';
  readonly failures?: readonly Failed[];
}

const APPLE = {
  content: 'https://vpp.itunes.apple.com',
  lookup: 'https://uclient-api.itunes.apple.com',
};

const LOOKUP = '/WebObjects/MZStorePlatform.woa/wa/lookup';

/** Milliseconds between two looks at an event. */
const PATIENCE = 200;

/** Apps and Books, as an MDM server calls it with the content token of a location. */
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

  /** Names of apps and books by their Adam ID; those that the store does not know are left out. */
  async names(adamIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (adamIds.length === 0) return new Map();
    const query = new URLSearchParams({
      id: adamIds.join(','),
      p: 'mdm-lockup',
      caller: 'MDM',
      version: '2',
    });
    const answer = await fetch(`${this.#bases.lookup}${LOOKUP}?${query}`);
    if (!answer.ok) throw new Refusal(answer.status, await answer.text(), whyOf(answer));
    const { results } = (await answer.json()) as { results: Readonly<Record<string, { name: string }>> };
    return new Map(Object.entries(results).map(([id, { name }]) => [id, name]));
  }

  /** Gives a license to somebody, and is done when Apple is. */
  assign(asset: Asset, holder: Holder): Promise<void> {
    return this.#manage('/assets/associate', asset, holder);
  }

  /** Takes it back. */
  takeBack(asset: Asset, holder: Holder): Promise<void> {
    return this.#manage('/assets/disassociate', asset, holder);
  }

  async #manage(path: string, { adamId, pricingParam }: Asset, holder: Holder): Promise<void> {
    const { eventId } = await this.#call<{ eventId: string }>('POST', path, {
      assets: [{ adamId, pricingParam }],
      ...('serialNumber' in holder
        ? { serialNumbers: [holder.serialNumber] }
        : { clientUserIds: [holder.clientUserId] }),
    });
    await this.#settled(eventId);
  }

  /** What is asked for happens in its own time. */
  async #settled(eventId: string): Promise<void> {
    for (;;) {
      const { eventStatus, failures } = await this.#call<EventStatus>('GET', `/status?eventId=${eventId}`);
      if (eventStatus === 'COMPLETE') return;
      if (eventStatus === 'FAILURE') {
        const [first] = failures ?? [];
        throw new Refusal(200, String(first?.errorNumber ?? 'FAILURE'), undefined, first?.errorMessage);
      }
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
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

  /** An error may come with status 200: what counts is `errorNumber`. */
  async #call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.#bases.content}/mdm/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content = (await answer.json()) as Answer & Partial<Failed>;
    if (content.errorNumber === undefined && answer.ok) return content;
    throw new Refusal(
      answer.status,
      String(content.errorNumber ?? answer.statusText),
      whyOf(answer),
      content.errorMessage,
    );
  }
}
