import type { Post, PostResult } from './post.ts';

/** By name only: a page cannot see the address that a name resolves to. */
const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const failed = (why: string): PostResult => ({ kind: 'failed', why });

/**
 * Sends webhooks with `fetch`, where nothing else is available. Tests that mock `fetch` receive them. It trusts the
 * certificates that `fetch` trusts; `ca` and `verify_tls` are for posts that open their own connections.
 */
export const fetchPost: Post = async ({ url, headers, body, timeout, rules }) => {
  try {
    const { protocol, hostname } = new URL(url);
    if (protocol !== 'https:' && !(protocol === 'http:' && rules.allow_http)) {
      return failed(`${protocol} is not taken`);
    }
    const allowed = rules.allow_hosts?.some((name) => name.toLowerCase() === hostname) ?? false;
    if (!allowed && !LOOPBACK.test(hostname)) {
      return failed(`${hostname} is not loopback; name it under \`webhooks: allow_hosts\``);
    }
    const signal = AbortSignal.timeout(timeout);
    // A redirect is a response like any other: Apple's servers do not follow it.
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return { kind: 'response', status: response.status };
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') return failed(`it did not answer within ${timeout} ms`);
    const { message, cause } = error as Error;
    return failed(cause instanceof Error ? `${message}: ${cause.message}` : message);
  }
};
