// Checks the built site: every link and anchor must exist, and no page may load external resources. The site must work
// without a network.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const SITE = join(import.meta.dirname, '.vitepress', 'dist');
const BASE = process.env.DOCS_BASE ?? '/';

const pages = readdirSync(SITE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.html'))
  .map((path) => path.replaceAll('\\', '/'));
const decoded = (text) =>
  text.replaceAll(/&#(\d+);|&(amp|quot|lt|gt|#x27);/g, (_, number, name) =>
    number === undefined
      ? { amp: '&', quot: '"', lt: '<', gt: '>', '#x27': "'" }[name]
      : String.fromCodePoint(number),
  );
const htmlOf = new Map(pages.map((page) => [page, readFileSync(join(SITE, page), 'utf8')]));
const anchorsOf = new Map(
  [...htmlOf].map(([page, html]) => [
    page,
    new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => decoded(id))),
  ]),
);

function problemOf(page, href) {
  if (/^(https?|mailto):/.test(href)) return undefined;
  const [path, anchor] = href.split('#');
  if (path.startsWith('/') && !path.startsWith(BASE)) return 'is not below the base of the site';
  const fromRoot = path.startsWith('/') ? path.slice(BASE.length) : posix.join(posix.dirname(page), path);
  const target =
    path === '' ? page : fromRoot === '' || fromRoot.endsWith('/') ? `${fromRoot}index.html` : fromRoot;
  if (!existsSync(join(SITE, decodeURIComponent(target)))) return 'does not exist';
  if (anchor === undefined || anchor === '' || !anchorsOf.has(target)) return undefined;
  return anchorsOf.get(target).has(decodeURIComponent(anchor))
    ? undefined
    : 'has an anchor that does not exist';
}

const problems = [];
let links = 0;
for (const [page, html] of htmlOf) {
  for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
    links += 1;
    const problem = problemOf(page, decoded(href));
    if (problem !== undefined) problems.push(`${page}: ${href} ${problem}`);
  }
  for (const [tag] of html.matchAll(
    /<(?:script|img|iframe|source|link)\b[^>]*?\s(?:src|href)="(?:https?:)?\/\/[^>]*>/g,
  )) {
    problems.push(`${page} loads an external resource: ${tag}`);
  }
}
for (const sheet of readdirSync(join(SITE, 'assets')).filter((name) => name.endsWith('.css'))) {
  const text = readFileSync(join(SITE, 'assets', sheet), 'utf8');
  for (const [url] of text.matchAll(/url\(["']?(?:https?:)?\/\/[^)]*\)/g))
    problems.push(`${sheet} loads an external resource: ${url}`);
}

for (const problem of problems) process.stdout.write(`failed: ${problem}\n`);
process.stdout.write(`site: ${pages.length} pages, ${links} links, ${problems.length} failed\n`);
process.exitCode = problems.length === 0 && links > 0 ? 0 : 1;
