import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { bundledPage } from './bundled-page.ts';
import { launchOrSkip } from './chromium.ts';
import { type Site, serveSite } from './static-site.ts';
import type { ObservedExchange } from './worker-page.ts';

describe('the MSW worker in Chromium', () => {
  let browser: Browser;
  let site: Site;
  let exchange: ObservedExchange;

  before(async function () {
    browser = await launchOrSkip(this);
    site = await serveSite(await bundledPage('test/browser/worker-page.ts'));
    const page = await browser.newPage();
    await page.goto(site.url);
    exchange = await page.evaluate(() => globalThis.readAccount());
  });
  after(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  it('responds for another origin without a CORS preflight', () => {
    assert.equal(exchange.status, 200);
    assert.equal(exchange.requestHeaders['x-server-protocol-version'], '10');
  });

  it('lets the page read every header field of the response', () => {
    assert.match(exchange.responseHeaders['x-adm-auth-session'] ?? '', /./);
    assert.match(exchange.responseHeaders['content-type'] ?? '', /^application\/json/);
  });

  for (const name of ['user-agent', 'host', 'date', 'cookie', 'content-length']) {
    it(`accepts a request without ${name}, which browsers remove`, () => {
      assert.equal(exchange.requestHeaders[name], undefined);
    });
  }

  it('requests only static files from the server of the page', () => {
    const others = site.requests.filter(
      (line) => !/^GET \/(?:|page\.js|mockServiceWorker\.js|favicon\.ico)$/.test(line),
    );
    assert.deepEqual(others, []);
  });
});
