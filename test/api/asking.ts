import type { Crabapple, HttpRequest, Response } from '../../src/index.ts';

const encoder = new TextEncoder();

interface Asked {
  readonly body?: unknown;
  readonly headers?: HttpRequest['headers'];
  readonly authority?: string;
}

/** A request as a transport would bring it. */
export const requestOf = (
  method: string,
  path: string,
  { body, headers = {}, authority = 'apple.test' }: Asked = {},
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
    entrance: { transport: 'test' },
  };
};

/** The answer, which must be one. */
export async function ask(
  apple: Crabapple,
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Response> {
  const outcome = await apple.handle(requestOf(method, path, asked));
  if (outcome.kind !== 'response') throw new Error(`no answer but ${outcome.kind}`);
  return outcome;
}

/** Apps and Books ask with the content token alone. */
export const withContentToken = (token: string | undefined): HttpRequest['headers'] => ({
  authorization: `Bearer ${token}`,
});
