import type { Option } from 'commander';
import { DEFAULT_URL } from '../server/defaults.ts';
import { CommandError, EXIT } from './exit.ts';
import { httpUrl, option } from './option.ts';

/** Where a command finds the server that it talks to. */
export const urlOption = (): Option =>
  option('--url <url>', 'base URL of the running server').default(DEFAULT_URL).argParser(httpUrl);

export const organizationOption = (): Option =>
  option('--organization <id>', 'organization on that server; the default one where not given');

export const mdmServerOption = (): Option =>
  option('--mdm-server <name>', 'name or UUID of the MDM server; the first where not given');

export const locationOption = (): Option =>
  option('--location <name>', 'name or uId of the location; the first where not given');

export interface ServerOptions {
  readonly url: string;
  readonly organization?: string;
}

export interface Asking {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly type?: string;
  /** Real milliseconds. */
  readonly timeout?: number;
}

const PATIENCE = 30_000;

/** @throws CommandError where nobody answers, or answers no */
export async function askServer(
  { url, organization }: ServerOptions,
  path: string,
  { method = 'GET', query = {}, body, type, timeout = PATIENCE }: Asking = {},
): Promise<string> {
  const target = new URL(`${url}/_crabapple/${path}`);
  for (const [name, value] of Object.entries({ organization, ...query }))
    if (value !== undefined) target.searchParams.set(name, value);
  const answer = await fetch(target, {
    method,
    ...(body === undefined ? {} : { body }),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    signal: AbortSignal.timeout(timeout),
  }).catch((error: unknown) => {
    throw new CommandError(`no Crabapple answers at ${url}: ${reasonOf(error)}`, {
      hint: 'start one with `crabapple serve`, or say where it is with --url or CRABAPPLE_URL',
    });
  });
  const text = await answer.text();
  if (answer.ok) return text;
  throw controlError(url, answer.status, text);
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? (error as Error).message;
}

function controlError(url: string, status: number, text: string): CommandError {
  let told: { error?: unknown; hint?: unknown } = {};
  try {
    told = JSON.parse(text) as typeof told;
  } catch {
    // Not a Crabapple, or something that stands before it.
  }
  if (typeof told?.error !== 'string')
    return new CommandError(`${url} answers ${status} and is no Crabapple`);
  return new CommandError(told.error, {
    ...(typeof told.hint === 'string' ? { hint: told.hint } : {}),
    code: status < 500 ? EXIT.wrongInput : EXIT.failure,
  });
}
