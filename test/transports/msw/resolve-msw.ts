import type { InitializeHook, ResolveHook } from 'node:module';
import { pathToFileURL } from 'node:url';

const VERSIONS = pathToFileURL('test/transports/msw/versions/package.json').href;

let version = '';

export const initialize: InitializeHook<string> = (named) => {
  version = named;
};

/** Resolves `msw` and its subpaths to a package in `versions`. */
export const resolve: ResolveHook = (specifier, context, next) => {
  const isMsw = specifier === 'msw' || specifier.startsWith('msw/');
  const isOurs = context.parentURL?.includes('/node_modules/') === false;
  return isMsw && isOurs
    ? next(`${version}${specifier.slice('msw'.length)}`, { ...context, parentURL: VERSIONS })
    : next(specifier, context);
};
