import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction, Socket, TcpNetConnectOpts } from 'node:net';
import type { Addresses } from './apple-addresses.ts';

/** The Node modules in which the guard replaces functions. */
export interface NodeModules {
  readonly net: typeof import('node:net');
  readonly tls: typeof import('node:tls');
  readonly dns: typeof import('node:dns');
  readonly http2: typeof import('node:http2');
  readonly module: typeof import('node:module');
}

/** The guard blocked a connection to the real Apple. */
export class RealAppleError extends Error {
  /** The host name or address of the connection. */
  readonly host: string;
  /** Identifies the error where its class is not available. */
  readonly code = 'ERR_REAL_APPLE';

  /** @param host the host name or address of the connection */
  constructor(host: string) {
    super(
      `${host} is the real Apple, and refuseRealApple() blocks connections to it. ${adviceFor(host)} ` +
        `To allow this host: refuseRealApple({ allow: ['${host}'] }).`,
    );
    this.name = 'RealAppleError';
    this.host = host;
  }
}

const adviceFor = (host: string): string =>
  host.endsWith('push.apple.com')
    ? 'Push clients use HTTP/2, which MSW cannot intercept: open a port with `listen(apple, { tlsPort: 0 })` of crabapple/server and pass its `tlsUrl` and `ca()` to the client.'
    : 'Pass appleHandlers(apple) to setupServer() and call server.listen() before the request, or open a port with `listen(apple)` of crabapple/server and pass its `url` to the client.';

// biome-ignore lint/suspicious/noExplicitAny: a replacement takes the parameters of the function that it replaces
export type AnyFunction = (this: any, ...parameters: any[]) => unknown;

/** A function of Node, and the function that replaces it. */
export interface Replacement {
  readonly owner: object;
  readonly name: string;
  replace(real: AnyFunction): AnyFunction;
}

type ConnectOptions = TcpNetConnectOpts & { readonly servername?: string };

/** The options of any form of `socket.connect`; undefined for the path of a local socket. */
function optionsOf([first, second]: readonly unknown[]): ConnectOptions | undefined {
  // `net.connect` passes an array of its own.
  const given: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof given === 'object' && given !== null) return given as ConnectOptions;
  if (typeof given === 'number' || /^\d+$/.test(String(given))) {
    return { port: Number(given), ...(typeof second === 'string' ? { host: second } : {}) };
  }
  return undefined;
}

/** Changes the array of `net.connect` in place: Node has marked it with a symbol. */
function setLookup(parameters: unknown[], lookup: LookupFunction): void {
  const [first] = parameters;
  if (Array.isArray(first)) first[0] = { ...first[0], lookup };
  else parameters[0] = { ...(first as object), lookup };
}

type LookupCallback = (error: Error | null, found: string | LookupAddress[], family?: number) => void;

/** A lookup that fails unless all addresses are loopback addresses. */
function loopbackLookup(lookup: LookupFunction, name: string, { isLoopback }: Addresses): LookupFunction {
  return (host, options, callback) => {
    lookup(host, options, ((error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      if (error === null && addresses.every(isLoopback)) (callback as LookupCallback)(error, found, family);
      else (callback as LookupCallback)(new RealAppleError(name), []);
    }) as typeof callback);
  };
}

/** Fails on the next tick: the caller has no error listener yet. */
function block(socket: Socket, host: string): Socket {
  (socket as { connecting: boolean }).connecting = true;
  process.nextTick(() => socket.destroy(new RealAppleError(host)));
  return socket;
}

/**
 * The functions through which every connection passes. Most connections start with a DNS lookup. MSW does no lookup for
 * a request that it intercepts, so the guard and MSW work together in any order. The other functions cover connections
 * to an address, with their own lookup, or through a tunnel.
 */
export function blockedConnections(
  { net, tls, dns, http2 }: NodeModules,
  addresses: Addresses,
  isBlocked: (host: string) => boolean,
): readonly Replacement[] {
  return [
    {
      owner: dns,
      name: 'lookup',
      replace: (real) =>
        function lookup(host: string, ...others) {
          if (typeof host !== 'string' || !isBlocked(host)) return real.call(this, host, ...others);
          const callback = others.at(-1) as (error: Error) => void;
          process.nextTick(callback, new RealAppleError(host));
          return {};
        },
    },
    {
      owner: net.Socket.prototype,
      name: 'connect',
      replace: (real) =>
        function connect(this: Socket, ...parameters) {
          const { host = 'localhost', servername = '', lookup } = optionsOf(parameters) ?? {};
          const name = [host, servername].find(isBlocked);
          if (addresses.isAddress(host)) {
            if (name !== undefined && !addresses.isLoopback(host)) return block(this, name);
          } else if (name !== undefined && (lookup !== undefined || name !== host)) {
            const own =
              lookup ?? (dns.lookup as (host: string, options: LookupOptions, done: LookupCallback) => void);
            setLookup(parameters, loopbackLookup(own as LookupFunction, name, addresses));
          }
          return real.apply(this, parameters);
        },
    },
    {
      owner: tls.TLSSocket.prototype,
      name: 'setServername',
      replace: (real) =>
        function setServername(this: Socket & { _parent?: Socket | null }, name: string) {
          real.call(this, name);
          const tunnel = this._parent;
          if (tunnel == null || !isBlocked(name)) return;
          const check = (): void => {
            const { remoteAddress } = tunnel;
            if (remoteAddress !== undefined && !addresses.isLoopback(remoteAddress))
              this.destroy(new RealAppleError(name));
          };
          if (tunnel.connecting) tunnel.once('connect', check);
          else check();
        },
    },
    {
      // The lookup would emit its error on the session. Some clients take that for a network error and retry forever.
      owner: http2,
      name: 'connect',
      replace: (real) =>
        function connect(authority: string | URL, ...others) {
          const options = others.find((other) => typeof other === 'object') as
            | { createConnection?: unknown; lookup?: unknown }
            | undefined;
          const isCustom = options?.createConnection !== undefined || options?.lookup !== undefined;
          const host = isCustom ? undefined : hostOf(authority);
          if (host !== undefined && isBlocked(host)) throw new RealAppleError(host);
          return real.call(this, authority, ...others);
        },
    },
    {
      // Node hides the error in the cause of "fetch failed".
      owner: globalThis,
      name: 'fetch',
      replace: (real) =>
        async function fetch(...parameters) {
          try {
            return await real.apply(this, parameters);
          } catch (error) {
            throw error instanceof Error && error.cause instanceof RealAppleError ? error.cause : error;
          }
        },
    },
  ];
}

function hostOf(authority: string | URL): string | undefined {
  try {
    return new URL(authority).hostname;
  } catch {
    return undefined;
  }
}
