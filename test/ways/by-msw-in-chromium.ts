import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchOrSkip } from '../browser/chromium.ts';
import { folderShelf, type Site, serveSite } from '../browser/static-site.ts';
import type { Way } from './telling.ts';

const WORKER = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js');

let browser: Browser | undefined;
let site: Site | undefined;

async function bundle(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: ['test/ways/page.ts'],
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]!.contents;
}

/** MSW's `setupWorker` in a page: what comes from the site are files alone. */
export const byMswInChromium: Way = {
  name: 'MSW in Chromium',
  async open(context) {
    browser = await launchOrSkip(context);
    const script = await bundle();
    const scenarios = folderShelf('.');
    site = await serveSite(async (path) => {
      if (path === '/index.html')
        return '<!doctype html><title>A page</title><script type="module" src="/page.js"></script>';
      if (path === '/page.js') return script;
      if (path === '/mockServiceWorker.js') return readFile(WORKER);
      return path.startsWith('/scenarios/') ? scenarios(path) : undefined;
    });
  },
  async tell(telling) {
    const page = await browser!.newPage();
    try {
      await page.goto(site!.url);
      return await page.evaluate((given) => globalThis.tell(given), telling);
    } finally {
      await page.close();
    }
  },
  async close() {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  },
};
