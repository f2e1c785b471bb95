/** What of Node the guard takes hold of. */
export interface NodeModules {
  readonly net: typeof import('node:net');
  readonly tls: typeof import('node:tls');
  readonly dns: typeof import('node:dns');
  readonly http2: typeof import('node:http2');
  readonly module: typeof import('node:module');
}

/**
 * Asked of the process and not imported: the same entry of the package is loaded by browsers, which have none of it.
 *
 * @throws Error where this is not Node
 */
export function nodeModules(): NodeModules {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  if (typeof process?.getBuiltinModule !== 'function') {
    throw new Error(
      'refuseRealApple() guards the connections of Node, and there is no Node here. In a browser start MSW with ' +
        "`onUnhandledRequest: 'error'` (MSW 3: `onUnhandledFrame: 'error'`), which lets nothing through that no " +
        'handler answers.',
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
