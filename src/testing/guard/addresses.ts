import type { BlockList } from 'node:net';
import type { NodeModules } from './node-modules.ts';

/** What is told of addresses, as text. */
export interface Addresses {
  isAddress(host: string): boolean;
  isApple(address: string): boolean;
  isLoopback(address: string): boolean;
}

/**
 * What is Apple's own of the address space, as https://support.apple.com/102266 opens it for pushes. Some of Apple's
 * services answer from addresses of others: those are told by the name that TLS asks for.
 */
const APPLE_IPV6 = ['2403:300:a42::', '2403:300:a51::', '2620:149:a44::', '2a01:b740:a42::'];

const MAPPED = /^::ffff:(?=\d+\.)/i;

export function createAddresses({ net: { BlockList, isIP } }: NodeModules): Addresses {
  const apple = new BlockList();
  apple.addSubnet('17.0.0.0', 8, 'ipv4');
  for (const prefix of APPLE_IPV6) apple.addSubnet(prefix, 48, 'ipv6');
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');

  function holds(list: BlockList, address: string): boolean {
    const bare = address.replace(MAPPED, '');
    const version = isIP(bare);
    return version !== 0 && list.check(bare, version === 6 ? 'ipv6' : 'ipv4');
  }

  return {
    isAddress: (host) => isIP(host) !== 0,
    isApple: (address) => holds(apple, address),
    isLoopback: (address) => holds(loopback, address),
  };
}
