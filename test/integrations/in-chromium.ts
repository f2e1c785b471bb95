import type { Browser } from 'playwright-core';
import { bundledPage } from '../browser/bundled-page.ts';
import { launchOrSkip } from '../browser/chromium.ts';
import { filesIn, type Site, serveSite } from '../browser/static-site.ts';
import type { Integration } from './integration.ts';

let browser: Browser | undefined;
let site: Site | undefined;

/** MSW's `setupWorker` in a page; the site serves only static files. */
export const mswInChromium: Integration = {
  name: 'MSW in Chromium',
  async open(context) {
    browser = await launchOrSkip(context);
    const page = await bundledPage('test/integrations/page.ts');
    const scenarios = filesIn('.');
    site = await serveSite((path) => (path.startsWith('/scenarios/') ? scenarios(path) : page(path)));
  },
  async run(example) {
    const page = await browser!.newPage();
    try {
      await page.goto(site!.url);
      return await page.evaluate((given) => globalThis.runExample(given), example);
    } finally {
      await page.close();
    }
  },
  async close() {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  },
};
