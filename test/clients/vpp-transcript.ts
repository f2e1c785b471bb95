import assert from 'node:assert/strict';
import { CrabappleServer } from './crabapple-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: bodies of any shape are read
type Content = any;

export interface TranscriptResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Content;
}

/** Replays the requests of a client that cannot be run here. */
export class Transcript {
  readonly apple: CrabappleServer;
  readonly sToken: string;

  private constructor(apple: CrabappleServer, sToken: string) {
    this.apple = apple;
    this.sToken = sToken;
  }

  static async start(scenario: string): Promise<Transcript> {
    const apple = await CrabappleServer.start(scenario);
    const response = await fetch(`${apple.url}/_crabapple/content-tokens`, { method: 'POST' });
    return new Transcript(apple, await response.text());
  }

  async call(method: string, path: string, init: RequestInit = {}): Promise<TranscriptResponse> {
    const response = await fetch(path.startsWith('http') ? path : this.apple.url + path, { method, ...init });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  async stop(): Promise<void> {
    assert.equal(await this.apple.stop(), 0);
  }
}
