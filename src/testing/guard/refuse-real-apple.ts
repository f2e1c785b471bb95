import { createAddresses } from './addresses.ts';
import { type NodeModules, nodeModules } from './node-modules.ts';
import { isAppleName } from './real-apple-error.ts';
import { type AnyFunction, type Replacement, refusals } from './refusals.ts';

/** Whom the guard lets through. */
/** What a guard lets through. */
export interface RefuseOptions {
  /** Host names and addresses of Apple's to let through all the same. */
  readonly allow?: readonly string[] | undefined;
}

/** A guard that stands until it is restored or disposed of. */
export interface Guard extends Disposable {
  /** Lets everything be as it was, unless another guard stands. Again and again if one likes. */
  restore(): void;
}

/** What each guard that stands lets through. */
const standing = new Set<ReadonlySet<string>>();

let uninstall: (() => void) | undefined;

const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, '');

function install(modules: NodeModules): () => void {
  const addresses = createAddresses(modules);
  const refuses = (host: string): boolean => {
    const name = bare(host);
    if (!isAppleName(name) && !addresses.isApple(name)) return false;
    for (const allowed of standing) if (!allowed.has(name)) return true;
    return false;
  };
  const undo = refusals(modules, addresses, refuses).map(put);
  // For those who imported a function by name.
  modules.module.syncBuiltinESMExports();
  return () => {
    for (const restore of undo) restore();
    modules.module.syncBuiltinESMExports();
  };
}

/** Where somebody has put something over it meanwhile, ours stays below and lets everything through. */
function put({ owner, name, replace }: Replacement): () => void {
  const members = owner as Record<string, AnyFunction>;
  const real = members[name]!;
  const ours = replace(real);
  // Such as what `util.promisify` asks for.
  Object.defineProperties(ours, Object.getOwnPropertyDescriptors(real));
  members[name] = ours;
  return () => {
    if (members[name] === ours) members[name] = real;
  };
}

/**
 * Makes every connection of this process to the real Apple fail with advice, whoever opens it: `fetch`, `node:http`,
 * `node:https`, `node:http2`, sockets, and tunnels through a proxy. What MSW mocks is no connection.
 *
 * @throws Error in a browser, where there is nothing of the sort to guard
 */
export function refuseRealApple({ allow = [] }: RefuseOptions = {}): Guard {
  const modules = nodeModules();
  const allowed = new Set(allow.map(bare));
  standing.add(allowed);
  uninstall ??= install(modules);
  const restore = (): void => {
    standing.delete(allowed);
    if (standing.size > 0) return;
    uninstall?.();
    uninstall = undefined;
  };
  return { restore, [Symbol.dispose]: restore };
}
