import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type BuiltExample, buildExample } from './built-example.ts';
import { launchOrSkip } from './chromium.ts';
import { verifyByCommand } from './console-by-command.ts';
import { filesIn, type Site, serveSite } from './static-site.ts';
import { addAxe, assertUsable } from './usable.ts';

/** Without the times, which differ between runs, and the folder of the scenario. */
const comparable = (text: string): string =>
  text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replaceAll(SCENARIO, 'scenario.yaml');

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
    site = await serveSite(filesIn(example.site));
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
    await addAxe(page);
    await page.goto(site.url);
    await page.locator('html[data-ready]').waitFor();
    return page;
  }

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const view = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();

  /** Runs a portal action. */
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

    it('shows the account and its devices, page by page', async () => {
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

    it('shows devices added in the portal after Sync', async () => {
      await portal(page, 'Add two Macs');
      await button(page, 'Sync').click();
      await page.getByText('2 devices changed, in 1 page').waitFor();
      await page.getByText('1 to 15 of 134').waitFor();
    });

    it('shows CONFIG_URL_INVALID at the field of the enrollment URL', async () => {
      await view(page, 'Profiles');
      const url = page.getByLabel('Enrollment URL');
      await url.fill('not a url');
      await button(page, 'Define the profile').click();
      await page.getByText('Apple returned 400 CONFIG_URL_INVALID').waitFor();
      assert.equal(await url.getAttribute('aria-invalid'), 'true');
      assert.equal(await url.evaluate((field) => field === document.activeElement), true);
      await assertUsable(page, 'profile-rejected');
      await url.fill('https://mdm.acme.example/enroll');
    });

    it('defines the corrected profile', async () => {
      await define(page);
      await page
        .getByRole('listitem')
        .filter({ hasText: /Acme default.*0 devices/ })
        .waitFor();
    });

    it('assigns the profile, and shows the result of each device', async () => {
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

    it('assigns licenses to users and devices, revokes them, and updates the counts', async () => {
      await view(page, 'Licenses');
      await page.getByRole('row', { name: /Acme Notes.* 25 1 24 / }).waitFor();
      await button(page, 'Assign Acme Notes').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 of 25 assigned, 24 available').waitFor();
      for (const [to, counts] of [
        ['user anna', '2 of 25 assigned, 23 available'],
        ['device DMPACME00002', '3 of 25 assigned, 22 available'],
      ] as const) {
        await dialog.getByLabel('To').selectOption(to);
        await dialog.getByRole('button', { name: 'Assign' }).click();
        await dialog.getByText(counts).waitFor();
      }
      await assertUsable(page, 'license-dialog');
      await dialog.getByRole('button', { name: 'Revoke from anna' }).click();
      await dialog.getByText('2 of 25 assigned, 23 available').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('row', { name: /Acme Notes.* 25 2 23 / }).waitFor();
      await assertUsable(page, 'licenses');
    });

    it('shows error 9707 for a license that cannot be assigned to devices', async () => {
      await button(page, 'Assign Acme Expenses').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('To').selectOption('device C02ACME00001');
      await dialog.getByRole('button', { name: 'Assign' }).click();
      await dialog.getByText('Apple returned 400 9707').waitFor();
      await assertUsable(page, 'license-rejected');
      await button(page, 'Close').click();
    });

    it('shows that all expectations of the scenario have passed', async () => {
      await page.getByText('6 of 6 expectations passed').waitFor();
      const report = (await page.getByLabel('Report').textContent()) ?? '';
      assert.match(report, /6 expectations: 6 passed\n$/);
      assert.equal(await page.locator('.verdicts .failed').count(), 0);
    });

    it('shows T_C_NOT_SIGNED after the terms and conditions expire, until they are accepted', async () => {
      await portal(page, 'Expire the terms');
      await view(page, 'Devices');
      await button(page, 'Sync').click();
      await page.getByText('Apple returned 403 T_C_NOT_SIGNED').waitFor();
      await assertUsable(page, 'terms-expired');
      await portal(page, 'Accept the terms');
      await button(page, 'Sync').click();
      await page.getByText('T_C_NOT_SIGNED').waitFor({ state: 'hidden' });
    });

    it('requests only static files from its own server', () => {
      const others = site.requests.filter(
        (line) => !/^GET \/(?:|assets\/[\w.-]+|mockServiceWorker\.js)$/.test(line),
      );
      assert.deepEqual(others, []);
    });
  });

  it('shows a failed expectation with the same text as crabapple verify', async () => {
    const page = await open();
    await view(page, 'Profiles');
    await page.getByLabel('Support email').fill('');
    await define(page);
    await page
      .getByLabel('Verdicts')
      .getByText('support_email_address must be text that matches @acme\\.example$, but it is missing')
      .waitFor();
    const shown = (await page.getByLabel('Report').textContent()) ?? '';
    await page.getByText('Output of crabapple verify').click();
    await assertUsable(page, 'failed');
    await page.context().close();

    const output = await verifyByCommand(SCENARIO, async (state) => {
      await state.load();
      await state.defineProfile({ profile_name: 'Acme default', url: 'https://mdm.acme.example/enroll' });
    });
    assert.equal(comparable(shown), comparable(output));
  });

  it('can be used with the keyboard only', async () => {
    const page = await open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Skip to content');
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
    assert.equal(await focused(), 'Assign…', 'the focus returns to the button');
    await page.context().close();
  });

  for (const { name, options } of LOOKS) {
    it(`is accessible without horizontal scrolling, ${name}`, async () => {
      const page = await open(options);
      for (const shown of ['Devices', 'Profiles', 'Licenses']) {
        await view(page, shown);
        await assertUsable(page, `${name}, ${shown}`);
      }
      await page.context().close();
    });
  }
});
