import { lookup } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Post, Posting, PostResult } from '../core/post.ts';
import { KeyedSemaphore } from './semaphore.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Bytes of a response; the connection is closed after them. */
const MAX_RESPONSE = 64 * 1024;

/** One call may cause hundreds of notifications. A slow receiver must not use up all sockets. */
const perOrigin = new KeyedSemaphore(50);

interface Address {
  readonly address: string;
  readonly family: number;
}

const isLoopback = ({ address, family }: Address): boolean =>
  LOOPBACK.check(address, family === 6 ? 'ipv6' : 'ipv4') ||
  (address.startsWith('::ffff:') && LOOPBACK.check(address.slice(7), 'ipv4'));

const failed = (why: string): PostResult => ({ kind: 'failed', why });

/**
 * The address to connect to, or why the host is not allowed. A name is checked by the address that it resolves to, and
 * the connection goes to exactly that address.
 */
async function addressOf(host: string, allowed: readonly string[]): Promise<Address | string> {
  const bare = host.replace(/^\[|\]$/g, '');
  const version = isIP(bare);
  const addresses = version === 0 ? await lookup(bare, { all: true }) : [{ address: bare, family: version }];
  const [first] = addresses;
  if (first === undefined) return `${bare} resolves to no address`;
  if (allowed.some((name) => name.toLowerCase() === bare.toLowerCase())) return first;
  return (
    addresses.find(isLoopback) ??
    `${bare} is ${first.address}, which is not loopback; add it to \`webhooks: allow_hosts\``
  );
}

function send(posting: Posting, url: URL, { address, family }: Address): Promise<PostResult> {
  const { headers, body, timeout, rules } = posting;
  const bytes = Buffer.from(body);
  const secure = url.protocol === 'https:';
  return new Promise((resolve) => {
    const request = (secure ? requestTls : requestPlain)(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': bytes.length, connection: 'close' },
      lookup: (_name, options, done) => {
        // Node requests all addresses if it may try several.
        if (options.all) done(null, [{ address, family }]);
        else done(null, address, family);
      },
      ...(secure
        ? {
            rejectUnauthorized: rules.verify_tls ?? !isLoopback({ address, family }),
            ...(rules.ca === undefined ? {} : { ca: [...rootCertificates, rules.ca] }),
          }
        : {}),
    });
    const finish = (result: PostResult): void => {
      clearTimeout(timer);
      resolve(result);
      request.destroy();
    };
    const timer = setTimeout(() => finish(failed(`no response within ${timeout} ms`)), timeout);
    request.on('error', (error) => finish(failed(error.message)));
    // Redirects are not followed: Apple's servers do not follow them either.
    request.on('response', (response) => {
      const responded: PostResult = { kind: 'response', status: response.statusCode ?? 0 };
      let received = 0;
      response.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > MAX_RESPONSE) finish(responded);
      });
      response.on('end', () => finish(responded));
      response.on('error', () => finish(responded));
    });
    request.end(bytes);
  });
}

/** Sends a webhook to this machine or to a host that the scenario allows. */
export const postWebhook: Post = async (posting) => {
  try {
    const url = new URL(posting.url);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && posting.rules.allow_http)) {
      return failed(`the URL begins with ${url.protocol}, which is not allowed`);
    }
    const address = await addressOf(url.hostname, posting.rules.allow_hosts ?? []);
    if (typeof address === 'string') return failed(address);
    return await perOrigin.run(url.origin, () => send(posting, url, address));
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
};
