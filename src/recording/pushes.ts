import type { Pseudonyms } from './anonymize.ts';
import { isRecord, type RecordedExchange } from './exchange.ts';

const MAX_TOKENS = 100_000;

const TOKEN = /^(?:[0-9a-f]{2}){1,512}$/i;
/** The topic of a push certificate, or a bundle id. */
const TOPIC = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;
const MDM_TOPIC = /^com\.apple\.mgmt\./;

interface Registration {
  readonly push_token: string;
  readonly push_magic?: string;
  readonly push_topic?: string;
}

/** Push registrations from recorded pushes, which contain no serial numbers. */
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

  /** The first topic of an MDM push certificate. */
  get mdmTopic(): string | undefined {
    return this.#mdmTopic;
  }

  observe({ operation, request, parameters = {}, headers = {} }: RecordedExchange): void {
    const { token } = parameters;
    if (operation !== 'apns.push' || token === undefined || !TOKEN.test(token)) return;
    const push_token = this.#pseudonyms.of('push_token', token.toLowerCase());
    if (!this.#registrations.has(push_token) && this.#registrations.size >= MAX_TOKENS) return;
    const push_magic = this.#magicIn(request);
    const push_topic = this.#topic(headers['apns-topic']);
    // A later push can leave out members of an earlier one.
    this.#registrations.set(push_token, {
      ...this.#registrations.get(push_token),
      push_token,
      ...(push_magic === undefined ? {} : { push_magic }),
      ...(push_topic === undefined ? {} : { push_topic }),
    });
  }

  #magicIn(request: unknown): string | undefined {
    const magic = isRecord(request) ? request.mdm : undefined;
    return typeof magic === 'string' && magic !== '' ? this.#pseudonyms.of('push_magic', magic) : undefined;
  }

  #topic(topic: string | undefined): string | undefined {
    if (topic === undefined || !TOPIC.test(topic)) return undefined;
    const isMdmTopic = MDM_TOPIC.test(topic);
    const replaced = this.#pseudonyms.of(isMdmTopic ? 'mdm_topic' : 'bundle_id', topic);
    if (isMdmTopic) this.#mdmTopic ??= replaced;
    return replaced;
  }

  /** The argument of the action `register_push`. */
  get registrations(): readonly Registration[] {
    return [...this.#registrations.values()];
  }
}
