import type { Crabapple, HttpRequest, Response } from '../../src/index.ts';

const encoder = new TextEncoder();

interface RequestParts {
  readonly body?: unknown;
  readonly headers?: HttpRequest['headers'];
  readonly authority?: string;
}

/** A request as a transport creates it. */
export const requestOf = (
  method: string,
  path: string,
  { body, headers = {}, authority = 'apple.test' }: RequestParts = {},
): HttpRequest => {
  const [plain = '', query = ''] = path.split('?');
  return {
    method,
    scheme: 'https',
    authority,
    path: plain,
    query,
    headers,
    body: body === undefined ? new Uint8Array() : encoder.encode(JSON.stringify(body)),
    transport: { name: 'test' },
  };
};

/** @throws Error if the outcome is not a response */
export async function ask(
  apple: Crabapple,
  method: string,
  path: string,
  parts: RequestParts = {},
): Promise<Response> {
  const outcome = await apple.handle(requestOf(method, path, parts));
  if (outcome.kind !== 'response') throw new Error(`expected a response, got ${outcome.kind}`);
  return outcome;
}

/** The credential of Apps and Books is the content token. */
export const withContentToken = (token: string | undefined): HttpRequest['headers'] => ({
  authorization: `Bearer ${token}`,
});
