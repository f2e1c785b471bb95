// Opens the pages of the site as it was built, on a wide screen and on that of a phone, in light and dark: nothing may
// come from elsewhere, nothing may stick out at the side, no script may fail, and the search must find something.
// SHOTS=folder keeps pictures of them all, for eyes.
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';

const SITE = 'site/.vitepress/dist';
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
const SCREENS = [
  { name: 'wide', viewport: { width: 1400, height: 1000 }, colorScheme: 'light' },
  { name: 'narrow', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
];

const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname));
  const file = join(SITE, path.endsWith('/') ? `${path}index.html` : path);
  createReadStream(file)
    .once('open', () =>
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream'),
    )
    .once('error', () => response.writeHead(404).end())
    .pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const pages = readdirSync(SITE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.html') && path !== '404.html')
  .map((path) => path.replaceAll('\\', '/'))
  .sort();
/** Pages of single exports are all made by one hand: a few of the largest stand for them. */
const isExport = (path) => path.startsWith('reference/') && !path.endsWith('index.html');
const largest = pages
  .filter(isExport)
  .sort((one, other) => statSync(join(SITE, other)).size - statSync(join(SITE, one)).size)
  .slice(0, 3);
const looked = [...pages.filter((path) => !isExport(path)), ...largest];
const problems = [];

/** What sticks out of the screen, by its tag and class. */
const stickingOut = () => {
  if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return undefined;
  const wide = [...document.querySelectorAll('.VPContent *')].find(
    (each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
  );
  return `${wide?.tagName.toLowerCase() ?? 'something'}.${wide?.className ?? ''}`;
};

async function look(context, name, path) {
  const page = await context.newPage();
  const found = (problem) => problems.push(`${path}, ${name}: ${problem}`);
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      found(`asks ${request.url()}`);
  });
  page.on('pageerror', (error) => found(`a script fails: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) found(`${response.url()} is ${response.status()}`);
  });
  await page.goto(`${origin}/${path}`);
  // The scripts have taken the page over.
  await page.waitForFunction(() => document.querySelector('#app')?.__vue_app__ !== undefined);
  if ((await page.locator('h1').count()) !== 1) found('has not one title');
  const wide = await page.evaluate(stickingOut);
  if (wide !== undefined) found(`${wide} sticks out at the side`);
  if (process.env.SHOTS !== undefined) {
    await page.screenshot({ path: join(process.env.SHOTS, `${path.replaceAll('/', '-')}-${name}.png`) });
  }
  await page.close();
}

async function search(context) {
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByRole('button', { name: 'Search' }).first().click();
  await page.getByRole('searchbox').fill('T_C_NOT_SIGNED');
  await page
    .locator('#localsearch-list li a')
    .first()
    .waitFor({ timeout: 15_000 })
    .catch(() => problems.push('the search finds nothing'));
  await page.close();
}

const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [...sandbox, '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
try {
  for (const { name, ...screen } of SCREENS) {
    const context = await browser.newContext(screen);
    for (const path of looked) await look(context, name, path);
    if (name === 'wide') await search(context);
    await context.close();
  }
} finally {
  await browser.close();
  server.close();
}
for (const problem of problems) process.stdout.write(`failed: ${problem}\n`);
process.stdout.write(
  `pages in the browser: ${looked.length} of ${pages.length} on ${SCREENS.length} screens, ${problems.length} failed\n`,
);
process.exitCode = problems.length === 0 && pages.length > 0 ? 0 : 1;
