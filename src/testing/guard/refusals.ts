import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction, Socket, TcpNetConnectOpts } from 'node:net';
import type { Addresses } from './addresses.ts';
import type { NodeModules } from './node-modules.ts';
import { RealAppleError } from './real-apple-error.ts';

// biome-ignore lint/suspicious/noExplicitAny: what is put in the place of a function takes what that takes
export type AnyFunction = (this: any, ...parameters: any[]) => unknown;

/** A function of Node's, and what is put in its place. */
export interface Replacement {
  readonly owner: object;
  readonly name: string;
  replace(real: AnyFunction): AnyFunction;
}

type ConnectOptions = TcpNetConnectOpts & { readonly servername?: string };

/** Options of `socket.connect` in each of its forms; undefined of a path, which leads to no host. */
function optionsOf([first, second]: readonly unknown[]): ConnectOptions | undefined {
  // `net.connect` hands them over in an array that it made.
  const given: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof given === 'object' && given !== null) return given as ConnectOptions;
  if (typeof given === 'number' || /^\d+$/.test(String(given))) {
    return { port: Number(given), ...(typeof second === 'string' ? { host: second } : {}) };
  }
  return undefined;
}

/** In place, as the array of `net.connect` carries a mark of Node's. */
function setLookup(parameters: unknown[], lookup: LookupFunction): void {
  const [first] = parameters;
  if (Array.isArray(first)) first[0] = { ...first[0], lookup };
  else parameters[0] = { ...(first as object), lookup };
}

type LookedUp = (error: Error | null, found: string | LookupAddress[], family?: number) => void;

/** A look-up whose result counts only where it stays on this machine. */
function stayingHere(lookup: LookupFunction, name: string, { isLoopback }: Addresses): LookupFunction {
  return (host, options, done) => {
    lookup(host, options, ((error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      if (error === null && addresses.every(isLoopback)) (done as LookedUp)(error, found, family);
      else (done as LookedUp)(new RealAppleError(name), []);
    }) as typeof done);
  };
}

/** On the next turn: whoever opened it has yet to listen to it. */
function refuse(socket: Socket, host: string): Socket {
  (socket as { connecting: boolean }).connecting = true;
  process.nextTick(() => socket.destroy(new RealAppleError(host)));
  return socket;
}

/**
 * Where every way to Apple passes. A connection begins with a look-up of the name, so that MSW, which looks up none
 * for what it mocks, is never in the way, whoever was there first. Beside it stand those that bring an address, a
 * look-up of their own, or a tunnel.
 */
export function refusals(
  { net, tls, dns, http2 }: NodeModules,
  addresses: Addresses,
  refuses: (host: string) => boolean,
): readonly Replacement[] {
  return [
    {
      owner: dns,
      name: 'lookup',
      replace: (real) =>
        function lookup(host: string, ...others) {
          if (typeof host !== 'string' || !refuses(host)) return real.call(this, host, ...others);
          const done = others.at(-1) as (error: Error) => void;
          process.nextTick(done, new RealAppleError(host));
          return {};
        },
    },
    {
      owner: net.Socket.prototype,
      name: 'connect',
      replace: (real) =>
        function connect(this: Socket, ...parameters) {
          const { host = 'localhost', servername = '', lookup } = optionsOf(parameters) ?? {};
          const name = [host, servername].find(refuses);
          if (addresses.isAddress(host)) {
            if (name !== undefined && !addresses.isLoopback(host)) return refuse(this, name);
          } else if (name !== undefined && (lookup !== undefined || name !== host)) {
            const own =
              lookup ?? (dns.lookup as (host: string, options: LookupOptions, done: LookedUp) => void);
            setLookup(parameters, stayingHere(own as LookupFunction, name, addresses));
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
          const through = this._parent;
          if (through == null || !refuses(name)) return;
          const verifier = (): void => {
            const { remoteAddress } = through;
            if (remoteAddress !== undefined && !addresses.isLoopback(remoteAddress))
              this.destroy(new RealAppleError(name));
          };
          if (through.connecting) through.once('connect', verifier);
          else verifier();
        },
    },
    {
      // Its error would come on the session, where a client may take it for a bad network and try again for ever.
      owner: http2,
      name: 'connect',
      replace: (real) =>
        function connect(authority: string | URL, ...others) {
          const options = others.find((other) => typeof other === 'object') as
            | { createConnection?: unknown; lookup?: unknown }
            | undefined;
          const ownWay = options?.createConnection !== undefined || options?.lookup !== undefined;
          const host = ownWay ? undefined : hostOf(authority);
          if (host !== undefined && refuses(host)) throw new RealAppleError(host);
          return real.call(this, authority, ...others);
        },
    },
    {
      // What went wrong stands in the cause of an error that says no more than "fetch failed".
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
