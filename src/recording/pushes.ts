import type { Pseudonyms } from './pseudonyms.ts';
import { isRecord, type SeenExchange } from './seen-exchange.ts';

const MOST_TOKENS = 100_000;

const TOKEN = /^(?:[0-9a-f]{2}){1,512}$/i;
/** As a certificate or a bundle has it. */
const TOPIC = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;
const OF_MDM = /^com\.apple\.mgmt\./;

interface Registration {
  readonly push_token: string;
  readonly push_magic?: string;
  readonly push_topic?: string;
}

/** Devices as pushes show them: by their tokens, since no serial number crosses there. */
export class RecordedPushes {
  readonly #pseudonyms: Pseudonyms;
  readonly #registrations = new Map<string, Registration>();
  #mdmTopic: string | undefined;

  constructor(pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
  }

  get size(): number {
    return this.#registrations.size;
  }

  /** The first topic of an MDM push certificate that was seen. */
  get mdmTopic(): string | undefined {
    return this.#mdmTopic;
  }

  observe({ operation, asked, parameters = {}, headers = {} }: SeenExchange): void {
    const { token } = parameters;
    if (operation !== 'apns.push' || token === undefined || !TOKEN.test(token)) return;
    const push_token = this.#pseudonyms.of('push_token', token.toLowerCase());
    if (!this.#registrations.has(push_token) && this.#registrations.size >= MOST_TOKENS) return;
    const push_magic = this.#magicIn(asked);
    const push_topic = this.#topic(headers['apns-topic']);
    // What a later push leaves out is what an earlier one said.
    this.#registrations.set(push_token, {
      ...this.#registrations.get(push_token),
      push_token,
      ...(push_magic === undefined ? {} : { push_magic }),
      ...(push_topic === undefined ? {} : { push_topic }),
    });
  }

  #magicIn(asked: unknown): string | undefined {
    const magic = isRecord(asked) ? asked.mdm : undefined;
    return typeof magic === 'string' && magic !== '' ? this.#pseudonyms.of('push_magic', magic) : undefined;
  }

  #topic(topic: string | undefined): string | undefined {
    if (topic === undefined || !TOPIC.test(topic)) return undefined;
    const isOfMdm = OF_MDM.test(topic);
    const shown = this.#pseudonyms.of(isOfMdm ? 'mdm_topic' : 'bundle_id', topic);
    if (isOfMdm) this.#mdmTopic ??= shown;
    return shown;
  }

  /** As the action `register_push` takes them. */
  get registrations(): readonly Registration[] {
    return [...this.#registrations.values()];
  }
}
