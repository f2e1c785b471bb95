import { lookup } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Post, Posting, PostResult } from '../core/post.ts';
import { Turns } from './turns.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** What a receiver may answer before it is cut off. */
const LARGEST_ANSWER = 64 * 1024;

/** A call may settle hundreds of notifications; a receiver that is slow shall not use up the sockets of all. */
const turns = new Turns(50);

interface Address {
  readonly address: string;
  readonly family: number;
}

const isLoopback = ({ address, family }: Address): boolean =>
  LOOPBACK.check(address, family === 6 ? 'ipv6' : 'ipv4') ||
  (address.startsWith('::ffff:') && LOOPBACK.check(address.slice(7), 'ipv4'));

const failed = (why: string): PostResult => ({ kind: 'failed', why });

/** The addresses that may be connected to. A name is verified by what it resolves to, and connected to just that. */
async function addressOf(host: string, allowed: readonly string[]): Promise<Address | string> {
  const bare = host.replace(/^\[|\]$/g, '');
  const version = isIP(bare);
  const addresses = version === 0 ? await lookup(bare, { all: true }) : [{ address: bare, family: version }];
  const [first] = addresses;
  if (first === undefined) return `${bare} resolves to no address`;
  if (allowed.some((name) => name.toLowerCase() === bare.toLowerCase())) return first;
  return (
    addresses.find(isLoopback) ??
    `${bare} is ${first.address}, which is not loopback; name it under \`webhooks: allow_hosts\``
  );
}

function carryOut(posting: Posting, url: URL, { address, family }: Address): Promise<PostResult> {
  const { headers, body, timeout, rules } = posting;
  const bytes = Buffer.from(body);
  const secure = url.protocol === 'https:';
  return new Promise((resolve) => {
    const request = (secure ? requestTls : requestPlain)(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': bytes.length, connection: 'close' },
      lookup: (_name, options, done) => {
        // Node asks for all addresses where it may try them one after another.
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
    const timer = setTimeout(() => finish(failed(`it did not answer within ${timeout} ms`)), timeout);
    request.on('error', (error) => finish(failed(error.message)));
    // A redirect is an answer like any other: Apple's servers are sent nowhere else.
    request.on('response', (response) => {
      const answered: PostResult = { kind: 'answered', status: response.statusCode ?? 0 };
      let received = 0;
      response.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > LARGEST_ANSWER) finish(answered);
      });
      response.on('end', () => finish(answered));
      response.on('error', () => finish(answered));
    });
    request.end(bytes);
  });
}

/** Sends webhooks to receivers on this machine, and to others that the scenario names. */
export const postWebhook: Post = async (posting) => {
  try {
    const url = new URL(posting.url);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && posting.rules.allow_http)) {
      return failed(`${url.protocol} is not taken`);
    }
    const address = await addressOf(url.hostname, posting.rules.allow_hosts ?? []);
    if (typeof address === 'string') return failed(address);
    return await turns.take(url.origin, () => carryOut(posting, url, address));
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
};
