import assert from 'node:assert/strict';
import { CrabappleServer } from './crabapple-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
type Content = any;

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Content;
}

/** A client that cannot be run here, by what it sends and reads: each call says what it stands for. */
export class Transcript {
  readonly apple: CrabappleServer;
  readonly sToken: string;

  private constructor(apple: CrabappleServer, sToken: string) {
    this.apple = apple;
    this.sToken = sToken;
  }

  static async begin(scenario: string): Promise<Transcript> {
    const apple = await CrabappleServer.start(scenario);
    const answer = await fetch(`${apple.url}/_crabapple/content-tokens`, { method: 'POST' });
    return new Transcript(apple, await answer.text());
  }

  async call(method: string, path: string, init: RequestInit = {}): Promise<Told> {
    const answer = await fetch(path.startsWith('http') ? path : this.apple.url + path, { method, ...init });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  async end(): Promise<void> {
    assert.equal(await this.apple.stop(), 0);
  }
}
