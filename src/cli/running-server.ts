import type { Option } from 'commander';
import { DEFAULT_URL } from '../server/defaults.ts';
import { CommandError, EXIT } from './errors.ts';
import { httpUrl, option } from './options.ts';

export const urlOption = (): Option =>
  option('--url <url>', 'base URL of the running server').default(DEFAULT_URL).argParser(httpUrl);

export const organizationOption = (): Option =>
  option('--organization <id>', 'organization on the server; default: the default organization');

export const mdmServerOption = (): Option =>
  option('--mdm-server <name>', 'name or UUID of the MDM server; default: the first MDM server');

export const locationOption = (): Option =>
  option('--location <name>', 'name or uId of the location; default: the first location');

export interface ServerOptions {
  readonly url: string;
  readonly organization?: string;
}

export interface ControlRequest {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly type?: string;
  /** Real milliseconds. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;

/**
 * Sends a request to the control API of a running server.
 *
 * @returns the body of the response
 * @throws CommandError if there is no response, or if its status is not 2xx
 */
export async function requestControl(
  { url, organization }: ServerOptions,
  path: string,
  { method = 'GET', query = {}, body, type, timeout = TIMEOUT }: ControlRequest = {},
): Promise<string> {
  const target = new URL(`${url}/_crabapple/${path}`);
  for (const [name, value] of Object.entries({ organization, ...query }))
    if (value !== undefined) target.searchParams.set(name, value);
  const response = await fetch(target, {
    method,
    ...(body === undefined ? {} : { body }),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    signal: AbortSignal.timeout(timeout),
  }).catch((error: unknown) => {
    throw new CommandError(`no response from ${url}: ${reasonOf(error)}`, {
      hint: 'start a server with `crabapple serve`, or set its URL with --url or CRABAPPLE_URL',
    });
  });
  const text = await response.text();
  if (response.ok) return text;
  throw responseError(url, response.status, text);
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? (error as Error).message;
}

function responseError(url: string, status: number, text: string): CommandError {
  let body: { error?: unknown; hint?: unknown } = {};
  try {
    body = JSON.parse(text) as typeof body;
  } catch {
    // The response of another server, or of a proxy.
  }
  if (typeof body?.error !== 'string')
    return new CommandError(`${url} is not a Crabapple server: its response has the status ${status}`);
  return new CommandError(body.error, {
    ...(typeof body.hint === 'string' ? { hint: body.hint } : {}),
    code: status < 500 ? EXIT.wrongInput : EXIT.failure,
  });
}
