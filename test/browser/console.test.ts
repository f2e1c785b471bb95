import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type BuiltExample, buildExample } from './built-example.ts';
import { launchOrSkip } from './chromium.ts';
import { toldByCommand } from './console-by-command.ts';
import { folderShelf, type Site, serveSite } from './static-site.ts';
import { assertUsable, prepareForUse } from './usable.ts';

/** Without the moments, which no two runs have in common, and the folder of the scenario. */
const comparable = (text: string): string =>
  text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then').replaceAll(SCENARIO, 'scenario.yaml');

const SCENARIO = 'examples/console/scenario.yaml';

const LOOKS: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = [
  { name: 'wide and light', options: { colorScheme: 'light' } },
  { name: 'wide and dark', options: { colorScheme: 'dark' } },
  { name: 'narrow and light', options: { colorScheme: 'light', viewport: { width: 360, height: 740 } } },
  { name: 'narrow and dark', options: { colorScheme: 'dark', viewport: { width: 360, height: 740 } } },
];

describe('examples/console, built from the packed tarball, in Chromium', () => {
  let browser: Browser;
  let example: BuiltExample;
  let site: Site;

  before(async function () {
    this.timeout(240_000);
    browser = await launchOrSkip(this);
    example = buildExample(this, 'console');
    site = await serveSite(folderShelf(example.site));
  });
  after(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
    example?.remove();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1360, height: 850 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await prepareForUse(page);
    await page.goto(site.url);
    await page.locator('html[data-ready]').waitFor();
    return page;
  }

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const view = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();

  /** Something happens in Apple's portal. */
  async function portal(page: Page, action: string): Promise<void> {
    await button(page, action).click();
    await page.getByText(`${action}: done.`).waitFor();
  }

  async function define(page: Page): Promise<void> {
    await view(page, 'Profiles');
    await button(page, 'Define the profile').click();
    await page.getByText('“Acme default” is defined').waitFor();
  }

  describe('a page', () => {
    let page: Page;
    before(async () => {
      page = await open();
    });
    after(() => page.context().close());

    it('shows whose devices these are, page by page', async () => {
      await page.getByText('Acme Corp · Acme MDM').waitFor();
      await page.getByText('132 devices read, in 3 pages').waitFor();
      await page.getByRole('row', { name: /C02ACME00001.*FRONT-DESK.*none/ }).waitFor();
      await button(page, 'Next').click();
      await page.getByText('16 to 30 of 132').waitFor();
      await page.getByLabel('Device family').selectOption('iPad');
      await page.getByText('1 to 15 of 31').waitFor();
      await page.getByLabel('Device family').selectOption('All families');
      await assertUsable(page, 'devices');
    });

    it('takes in by sync what happens in the portal', async () => {
      await portal(page, 'Add two Macs');
      await button(page, 'Sync').click();
      await page.getByText('2 devices changed, in 1 page').waitFor();
      await page.getByText('1 to 15 of 134').waitFor();
    });

    it("shows Apple's word on a profile at the field that it is about", async () => {
      await view(page, 'Profiles');
      const url = page.getByLabel('Enrollment URL');
      await url.fill('not a url');
      await button(page, 'Define the profile').click();
      await page.getByText('Apple answered 400 CONFIG_URL_INVALID').waitFor();
      assert.equal(await url.getAttribute('aria-invalid'), 'true');
      assert.equal(await url.evaluate((field) => field === document.activeElement), true);
      await assertUsable(page, 'profile-refused');
      await url.fill('https://mdm.acme.example/enroll');
    });

    it('defines it once it is right', async () => {
      await define(page);
      await page
        .getByRole('listitem')
        .filter({ hasText: /Acme default.*0 devices/ })
        .waitFor();
    });

    it('assigns it, and shows what Apple said of each device', async () => {
      await view(page, 'Devices');
      await page.getByLabel('Select C02ACME00001').check();
      await page.getByLabel('Select DMPACME00002').check();
      await page.getByLabel('More serial numbers').fill('C02NOTOURS01');
      await page.getByText('3 devices selected').waitFor();
      await button(page, 'Assign').click();
      const results = page.getByRole('group').getByRole('listitem');
      await results.filter({ hasText: 'C02NOTOURS01 NOT_ACCESSIBLE' }).waitFor();
      assert.deepEqual(await results.allInnerTexts(), [
        'C02ACME00001 SUCCESS',
        'DMPACME00002 SUCCESS',
        'C02NOTOURS01 NOT_ACCESSIBLE',
      ]);
      await page.getByRole('row', { name: /C02ACME00001.*assigned Acme default/ }).waitFor();
      await assertUsable(page, 'devices-assigned');
    });

    it('gives licenses to people and devices, takes them back, and the counts move', async () => {
      await view(page, 'Licenses');
      await page.getByRole('row', { name: /Acme Notes.* 25 1 24 / }).waitFor();
      await button(page, 'Assign Acme Notes').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 of 25 assigned, 24 available').waitFor();
      for (const [to, counts] of [
        ['person anna', '2 of 25 assigned, 23 available'],
        ['device DMPACME00002', '3 of 25 assigned, 22 available'],
      ] as const) {
        await dialog.getByLabel('To').selectOption(to);
        await dialog.getByRole('button', { name: 'Assign' }).click();
        await dialog.getByText(counts).waitFor();
      }
      await assertUsable(page, 'license-dialog');
      await dialog.getByRole('button', { name: 'Take back from anna' }).click();
      await dialog.getByText('2 of 25 assigned, 23 available').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('row', { name: /Acme Notes.* 25 2 23 / }).waitFor();
      await assertUsable(page, 'licenses');
    });

    it("shows Apple's word on a license that no device can have", async () => {
      await button(page, 'Assign Acme Expenses').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('To').selectOption('device C02ACME00001');
      await dialog.getByRole('button', { name: 'Assign' }).click();
      await dialog.getByText('Apple answered 400 9707').waitFor();
      await assertUsable(page, 'license-refused');
      await button(page, 'Close').click();
    });

    it('tells that Apple saw what the scenario expects', async () => {
      await page.getByText('6 of 6 expectations hold').waitFor();
      const report = (await page.getByLabel('Report').textContent()) ?? '';
      assert.match(report, /6 expectations: 6 passed\n$/);
      assert.equal(await page.locator('.verdicts .failed').count(), 0);
    });

    it('says so when Apple wants new terms to be accepted, and goes on once they are', async () => {
      await portal(page, 'Let the terms lapse');
      await view(page, 'Devices');
      await button(page, 'Sync').click();
      await page.getByText('Apple answered 403 T_C_NOT_SIGNED').waitFor();
      await assertUsable(page, 'terms-expired');
      await portal(page, 'Accept the terms');
      await button(page, 'Sync').click();
      await page.getByText('T_C_NOT_SIGNED').waitFor({ state: 'hidden' });
    });

    it('asks its own server for files alone', () => {
      const strange = site.asked.filter(
        (line) => !/^GET \/(?:|assets\/[\w.-]+|mockServiceWorker\.js)$/.test(line),
      );
      assert.deepEqual(strange, []);
    });
  });

  it('fails a page that sends what is not expected, in the words of the command line', async () => {
    const page = await open();
    await view(page, 'Profiles');
    await page.getByLabel('Support e-mail').fill('');
    await define(page);
    await page
      .getByLabel('Verdicts')
      .getByText('support_email_address must be text that matches @acme\\.example$, but it is missing')
      .waitFor();
    const told = (await page.getByLabel('Report').textContent()) ?? '';
    await page.getByText('As the command line says it').click();
    await assertUsable(page, 'failed');
    await page.context().close();

    const words = await toldByCommand(SCENARIO, async (desk) => {
      await desk.open();
      await desk.define({ profile_name: 'Acme default', url: 'https://mdm.acme.example/enroll' });
    });
    assert.equal(comparable(told), comparable(words));
  });

  it('can be used by the keyboard alone', async () => {
    const page = await open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'To the content');
    for (const link of ['Devices', 'Profiles', 'Licenses']) {
      await page.keyboard.press('Tab');
      assert.equal(await focused(), link);
    }
    await page.keyboard.press('Enter');
    await button(page, 'Assign Acme Notes').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal(await focused(), 'Assign…', 'the focus is back where it was');
    await page.context().close();
  });

  for (const { name, options } of LOOKS) {
    it(`is accessible and fits, ${name}`, async () => {
      const page = await open(options);
      for (const shown of ['Devices', 'Profiles', 'Licenses']) {
        await view(page, shown);
        await assertUsable(page, `${name}, ${shown}`);
      }
      await page.context().close();
    });
  }
});
