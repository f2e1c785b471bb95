import type { BlockList } from 'node:net';

/** Classifies IP addresses. */
export interface Addresses {
  isAddress(host: string): boolean;
  isApple(address: string): boolean;
  isLoopback(address: string): boolean;
}

/**
 * Apple's IPv6 prefixes for pushes: https://support.apple.com/102266. Some of Apple's services have addresses of other
 * companies; the guard recognizes those by the server name of TLS.
 */
const APPLE_IPV6 = ['2403:300:a42::', '2403:300:a51::', '2620:149:a44::', '2a01:b740:a42::'];

const IPV4_MAPPED = /^::ffff:(?=\d+\.)/i;

export function createAddresses({ BlockList, isIP }: typeof import('node:net')): Addresses {
  const apple = new BlockList();
  apple.addSubnet('17.0.0.0', 8, 'ipv4');
  for (const prefix of APPLE_IPV6) apple.addSubnet(prefix, 48, 'ipv6');
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');

  function includes(list: BlockList, address: string): boolean {
    const plain = address.replace(IPV4_MAPPED, '');
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 6 ? 'ipv6' : 'ipv4');
  }

  return {
    isAddress: (host) => isIP(host) !== 0,
    isApple: (address) => includes(apple, address),
    isLoopback: (address) => includes(loopback, address),
  };
}

/** Whether a host name is apple.com or below it, with or without a final dot. */
export function isAppleName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === 'apple.com' || name.endsWith('.apple.com');
}
