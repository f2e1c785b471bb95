import { createAddresses, isAppleName } from './apple-addresses.ts';
import { type AnyFunction, blockedConnections, type NodeModules, type Replacement } from './connections.ts';

/** Options of `refuseRealApple`. */
export interface RealAppleGuardOptions {
  /** Host names and addresses of Apple that stay allowed. */
  readonly allow?: readonly string[] | undefined;
}

/** An active guard. Disposing of it restores the connections. */
export interface Guard extends Disposable {
  /** Removes the guard; connections are restored when the last guard is removed. Can be called repeatedly. */
  restore(): void;
}

/** The allowed hosts of each active guard. */
const guards = new Set<ReadonlySet<string>>();

let uninstall: (() => void) | undefined;

/**
 * Makes every connection of this process to the real Apple fail with advice: `fetch`, `node:http`, `node:https`,
 * `node:http2`, sockets, and tunnels through a proxy. Requests that MSW intercepts are not connections.
 *
 * @throws Error in a browser, which has no such connections
 */
export function refuseRealApple({ allow = [] }: RealAppleGuardOptions = {}): Guard {
  const modules = nodeModules();
  const allowed = new Set(allow.map(normalized));
  guards.add(allowed);
  uninstall ??= install(modules);
  const restore = (): void => {
    guards.delete(allowed);
    if (guards.size > 0) return;
    uninstall?.();
    uninstall = undefined;
  };
  return { restore, [Symbol.dispose]: restore };
}

const normalized = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, '');

function install(modules: NodeModules): () => void {
  const addresses = createAddresses(modules.net);
  const isBlocked = (host: string): boolean => {
    const name = normalized(host);
    if (!isAppleName(name) && !addresses.isApple(name)) return false;
    for (const allowed of guards) if (!allowed.has(name)) return true;
    return false;
  };
  const undo = blockedConnections(modules, addresses, isBlocked).map(replaceFunction);
  // For modules that imported a function by name.
  modules.module.syncBuiltinESMExports();
  return () => {
    for (const restore of undo) restore();
    modules.module.syncBuiltinESMExports();
  };
}

/** If other code has replaced the function too, ours stays below it and allows everything. */
function replaceFunction({ owner, name, replace }: Replacement): () => void {
  const members = owner as Record<string, AnyFunction>;
  const real = members[name]!;
  const ours = replace(real);
  // For example the symbol that `util.promisify` reads.
  Object.defineProperties(ours, Object.getOwnPropertyDescriptors(real));
  members[name] = ours;
  return () => {
    if (members[name] === ours) members[name] = real;
  };
}

/**
 * Gets the modules from `process` instead of importing them: browsers load the same entry of the package.
 *
 * @throws Error if this is not Node
 */
function nodeModules(): NodeModules {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  if (typeof process?.getBuiltinModule !== 'function') {
    throw new Error(
      'refuseRealApple() works only in Node. In a browser, start MSW with ' +
        "`onUnhandledRequest: 'error'` (MSW 3: `onUnhandledFrame: 'error'`), which blocks every request that no " +
        'handler responds to.',
    );
  }
  const get = <Module>(name: string): Module => process.getBuiltinModule!(`node:${name}`) as Module;
  return {
    net: get('net'),
    tls: get('tls'),
    dns: get('dns'),
    http2: get('http2'),
    module: get('module'),
  };
}
