import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Where pictures of pages are left for people; none are taken where not given. */
const { SCREENSHOTS } = process.env;

/** Before a page is loaded whose use is asserted. */
export const prepareForUse = (page: Page): Promise<unknown> => page.addInitScript({ path: AXE });

/** What axe-core has to say against a page. */
async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { readonly axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

/** What would have to be scrolled sideways. */
async function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.wide')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ tagName, className, scrollWidth }) => `${tagName} ${className}: ${scrollWidth}`),
  );
}

/** A state of the page that people shall be able to use; a picture of it is left for those who look. */
export async function assertUsable(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS !== undefined) {
    // A modal dialog darkens the window alone.
    const fullPage = (await page.getByRole('dialog').count()) === 0;
    await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage });
  }
  assert.deepEqual(await violations(page), [], name);
  assert.deepEqual(await tooWide(page), [], name);
}
