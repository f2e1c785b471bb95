import type { Browser } from 'playwright-core';
import { bundledPage } from '../browser/bundled-page.ts';
import { launchOrSkip } from '../browser/chromium.ts';
import { folderShelf, type Site, serveSite } from '../browser/static-site.ts';
import type { Way } from './telling.ts';

let browser: Browser | undefined;
let site: Site | undefined;

/** MSW's `setupWorker` in a page: what comes from the site are files alone. */
export const byMswInChromium: Way = {
  name: 'MSW in Chromium',
  async open(context) {
    browser = await launchOrSkip(context);
    const page = await bundledPage('test/ways/page.ts');
    const scenarios = folderShelf('.');
    site = await serveSite((path) => (path.startsWith('/scenarios/') ? scenarios(path) : page(path)));
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
