import assert from 'node:assert/strict';
import type { Response } from '../../src/core/outcome.ts';
import type { HttpRequest } from '../../src/core/request.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import type { SimulatedApple } from '../../src/simulated-apple.ts';
import { oauthHeader, oauthParameters } from './mdm.ts';

/** A request without a transport, for tests that send thousands of requests. */
export function requestOf(
  method: string,
  path: string,
  more: Partial<Omit<HttpRequest, 'headers'>> & { headers?: Record<string, string> } = {},
): HttpRequest {
  const { headers: given = {}, ...rest } = more;
  return {
    method,
    path,
    scheme: 'http',
    authority: 'apple.test',
    query: '',
    body: new Uint8Array(),
    transport: { name: 'test' },
    ...rest,
    headers: { 'user-agent': 'test', ...given },
  };
}

export async function ask(apple: SimulatedApple, request: HttpRequest): Promise<Response> {
  const outcome = await apple.handle(request);
  assert.equal(outcome.kind, 'response');
  return outcome as Response;
}

const decoder = new TextDecoder();

export function textOf({ body }: Response): string {
  if (typeof body === 'string') return body;
  assert.ok(body instanceof Uint8Array);
  return decoder.decode(body);
}

export async function opened(apple: SimulatedApple, server = 0): Promise<string> {
  const token = currentToken(apple.tenants.default.organization.enrollment.servers[server]!);
  const authorization = oauthHeader(oauthParameters(token, { url: 'http://apple.test/session' }));
  const answer = await ask(apple, requestOf('GET', '/session', { headers: { authorization } }));
  assert.equal(answer.status, 200);
  return JSON.parse(textOf(answer)).auth_session_token;
}
