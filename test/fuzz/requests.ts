import type { Connection } from '../../src/core/connection.ts';
import type { Random } from '../../src/core/random.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import type { Operation } from '../../src/engine/service.ts';
import { contentTokenFile } from '../../src/organization/content/content-token.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { SERVICES } from '../../src/services/index.ts';
import { metadata } from '../../src/services/metadata/index.ts';
import { connectionWith, type Provider } from '../apns/provider.ts';
import { oauthHeader, oauthParameters } from '../dep/mdm.ts';
import { Bodies } from './bodies.ts';
import { pick, shown, Vocabulary } from './vocabulary.ts';

const encoder = new TextEncoder();
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', ''];
const PLAIN = connectionWith({ secure: false, protocol: 'http/1.1', serverName: undefined });

/** Removes characters that a header field cannot contain. */
const fieldValue = (value: unknown): string =>
  shown(value)
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
    .slice(0, 500);

export interface RandomRequest {
  readonly operation: string;
  readonly request: HttpRequest;
}

/** Random requests to every operation of every service: most with a valid credential, many with a valid body. */
export class Requests {
  readonly words: Vocabulary;
  readonly #random: Random;
  readonly #provider: Provider;
  readonly #bodies: Bodies;
  readonly #trusted: Connection;
  /** Few devices: push magic and device token often match. */
  readonly #pushed: readonly { readonly token: string; readonly magic: string }[];

  constructor(provider: Provider, random: Random, serials: readonly string[]) {
    this.#provider = provider;
    this.#random = random;
    this.words = new Vocabulary(random, serials);
    this.#bodies = new Bodies(random, this.words);
    this.#pushed = [0, 1, 2].map((device) => ({
      token: provider.token(device),
      magic: provider.magic(device),
    }));
    this.#trusted = provider.trusted({ environments: ['production', 'sandbox'] });
  }

  next(): RandomRequest {
    const random = this.#random;
    const service = pick(random, SERVICES);
    const operation = pick(random, service.operations);
    const { name, methods } = operation;
    const body = this.#bodies.members(operation, '$.body');
    const query = {
      ...(service === metadata ? this.#lookupQuery() : {}),
      ...this.#bodies.members(operation, '$.query'),
    };
    const headers: Record<string, string> = { 'user-agent': 'fuzz', 'content-type': 'application/json' };
    for (const [field, value] of Object.entries(this.#bodies.members(operation, '$.headers')))
      headers[field.toLowerCase()] = fieldValue(value);
    if (random.below(12) > 0) this.#authenticate(operation, headers, body);
    return {
      operation: name,
      request: {
        method: random.below(25) === 0 ? pick(random, METHODS) : pick(random, methods),
        scheme: 'https',
        authority: random.below(10) === 0 ? 'apple.test' : pick(random, service.hosts),
        path: this.#path(operation.path),
        query: random.below(30) === 0 ? fieldValue(this.words.junk()) : queryOf(query),
        headers,
        body: this.#bytes(methods.includes('GET') && random.below(2) === 0 ? undefined : body),
        transport: { name: 'fuzz', connection: random.below(8) === 0 ? PLAIN : this.#trusted },
      },
    };
  }

  /** Query of the store lookup, which is not in the field catalog. */
  #lookupQuery(): Record<string, unknown> {
    const ids = [this.words.text('adamId'), this.words.text('adamId')].join();
    return {
      p: 'mdm-lockup',
      caller: 'MDM',
      id: ids,
      ids,
      cc: 'us',
      platform: 'enterprisestore',
      limit: 2,
      offset: 0,
      term: 'a',
    };
  }

  #path(pattern: string): string {
    const random = this.#random;
    const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      if (random.below(10) === 0) return encodeURIComponent(fieldValue(this.words.junk()));
      return this.#pathParameter(name);
    });
    return random.below(40) === 0 ? `${path}/${fieldValue(this.words.junk())}` : path;
  }

  #pathParameter(name: string): string {
    switch (name) {
      case 'token':
        return pick(this.#random, this.#pushed).token;
      case 'bundle':
        return this.#provider.topic;
      case 'country':
        return pick(this.#random, ['us', 'ch', 'xx']);
      default:
        return pick(this.#random, [shown(this.words.text('adamId')), 'us', '6000', '143441']);
    }
  }

  #authenticate(
    { name, scheme }: Operation,
    headers: Record<string, string>,
    body: Record<string, unknown>,
  ): void {
    const { organization } = this.#provider;
    switch (scheme.name) {
      case 'oauth': {
        const token = currentToken(organization.enrollment.servers[0]!);
        const timestamp = Math.floor(organization.runtime.clock.now() / 1000);
        const url = 'https://mdmenrollment.apple.com/session';
        headers.authorization = oauthHeader(oauthParameters(token, { url, timestamp }));
        break;
      }
      case 'session':
        headers['x-adm-auth-session'] = fieldValue(this.words.learned('auth_session_token'));
        break;
      case 'content_token':
        headers.authorization = `Bearer ${this.#contentToken()}`;
        break;
      case 'stoken':
        body.sToken = this.#contentToken();
        break;
      case 'developer_token':
      case 'none':
        headers.authorization = 'Bearer developer';
        headers.cookie = `itvt=${this.#contentToken()}`;
        break;
      case 'provider':
        // The credential is the certificate of the connection.
        delete headers.authorization;
        headers['apns-topic'] = this.#provider.topic;
        if (name === 'apns.push') body.mdm = pick(this.#random, this.#pushed).magic;
        break;
    }
  }

  #contentToken(): string {
    const location = pick(this.#random, this.#provider.organization.content.locations);
    return contentTokenFile(location.tokens.at(-1)!, 'Acme');
  }

  #bytes(body: Record<string, unknown> | undefined): Uint8Array {
    const random = this.#random;
    if (body === undefined) return new Uint8Array(0);
    if (random.below(40) === 0) return Uint8Array.from({ length: random.below(60) }, () => random.below(256));
    const text = JSON.stringify(random.below(60) === 0 ? this.words.junk() : body);
    return encoder.encode(random.below(60) === 0 ? text.slice(0, random.below(text.length + 1)) : text);
  }
}

const queryOf = (members: Readonly<Record<string, unknown>>): string =>
  new URLSearchParams(Object.entries(members).map(([name, value]) => [name, fieldValue(value)])).toString();
