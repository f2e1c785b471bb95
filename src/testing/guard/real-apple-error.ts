/** A connection to the real Apple that was refused. */
export class RealAppleError extends Error {
  /** The host name or address that was asked for. */
  readonly host: string;
  /** Tells it from other errors where classes cannot be compared. */
  readonly code = 'ERR_REAL_APPLE';

  /** @param host the host name or address that was asked for */
  constructor(host: string) {
    super(
      `${host} is the real Apple, and refuseRealApple() lets nothing through to it. ${adviceFor(host)} ` +
        `To let it through after all: refuseRealApple({ allow: ['${host}'] }).`,
    );
    this.name = 'RealAppleError';
    this.host = host;
  }
}

const adviceFor = (host: string): string =>
  host.endsWith('push.apple.com')
    ? 'Push clients speak HTTP/2, which MSW cannot see: open a port by `listen(apple, { tlsPort: 0 })` of crabapple/server and give the client its `tlsUrl` and `ca()`.'
    : 'Hand appleHandlers(apple) to setupServer() and call server.listen() before the request, or open a port by `listen(apple)` of crabapple/server and give the client its `url`.';

/** Apple's names, all of them; one that ends with a dot is the same name. */
export function isAppleName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === 'apple.com' || name.endsWith('.apple.com');
}
