import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import type { FileSource } from './static-site.ts';

const WORKER = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js');

const PAGE = '<!doctype html><title>A page</title><script type="module" src="/page.js"></script>';

/** A page that runs one program, with MSW's worker script. */
export async function bundledPage(program: string): Promise<FileSource> {
  const { outputFiles } = await build({
    entryPoints: [program],
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const script = outputFiles[0]!.contents;
  return async (path) => {
    if (path === '/index.html') return PAGE;
    if (path === '/page.js') return script;
    return path === '/mockServiceWorker.js' ? readFile(WORKER) : undefined;
  };
}
