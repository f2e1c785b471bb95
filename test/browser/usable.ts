import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Folder for screenshots; without it none are taken. */
const { SCREENSHOTS } = process.env;

/** Adds axe-core to a page; call it before the page is loaded. */
export const addAxe = (page: Page): Promise<unknown> => page.addInitScript({ path: AXE });

/** Accessibility violations found by axe-core. */
async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { readonly axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

/** Elements that would need horizontal scrolling. */
async function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.wide')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ tagName, className, scrollWidth }) => `${tagName} ${className}: ${scrollWidth}`),
  );
}

/** Asserts that the page is accessible and needs no horizontal scrolling, and takes a screenshot if SCREENSHOTS is set. */
export async function assertUsable(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS !== undefined) {
    // The backdrop of a modal dialog covers only the viewport.
    const fullPage = (await page.getByRole('dialog').count()) === 0;
    await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage });
  }
  assert.deepEqual(await violations(page), [], name);
  assert.deepEqual(await tooWide(page), [], name);
}
