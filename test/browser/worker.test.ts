import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { bundledPage } from './bundled-page.ts';
import { launchOrSkip } from './chromium.ts';
import { type Site, serveSite } from './static-site.ts';
import type { ObservedExchange } from './worker-page.ts';

describe('a worker of MSW in Chromium', () => {
  let browser: Browser;
  let site: Site;
  let exchanged: ObservedExchange;

  before(async function () {
    browser = await launchOrSkip(this);
    site = await serveSite(await bundledPage('test/browser/worker-page.ts'));
    const page = await browser.newPage();
    await page.goto(site.url);
    exchanged = await page.evaluate(() => globalThis.askForAccount());
  });
  after(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('answers for another origin without a preflight', () => {
    assert.equal(exchanged.status, 200);
    assert.equal(exchanged.seen['x-server-protocol-version'], '10');
  });

  it('lets the page read every header field of the answer', () => {
    assert.match(exchanged.answer['x-adm-auth-session'] ?? '', /./);
    assert.match(exchanged.answer['content-type'] ?? '', /^application\/json/);
  });

  for (const name of ['user-agent', 'host', 'date', 'cookie', 'content-length']) {
    it(`never sees ${name}, which the browser keeps to itself, and minds nothing`, () => {
      assert.equal(exchanged.seen[name], undefined);
    });
  }

  it('has no server behind it but for files', () => {
    const strange = site.asked.filter(
      (line) => !/^GET \/(?:|page\.js|mockServiceWorker\.js|favicon\.ico)$/.test(line),
    );
    assert.deepEqual(strange, []);
  });
});
