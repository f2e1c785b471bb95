import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

const CONTENT = join(import.meta.dirname, '..', 'content');

/** Pages at the root of the repository with their URL on the site. */
const PAGES = {
  'README.md': '/',
  'CHANGELOG.md': '/changelog.md',
  'CONTRIBUTING.md': '/contributing.md',
  'SECURITY.md': '/security.md',
};

const isOfRoot = (page) => Object.values(PAGES).includes(`/${page}`);

const fromRootOf = (page, path) =>
  isOfRoot(page) ? posix.normalize(path) : posix.join('docs', posix.dirname(page), path);

/** The URL on the site for a link in the repository; undefined if the site has no such page. */
function onSite(href, page) {
  const [path, anchor = ''] = href.split(/(?=#)/);
  if (href.startsWith('#')) return href;
  const fromRoot = fromRootOf(page, path);
  if (fromRoot in PAGES) return PAGES[fromRoot] + anchor;
  if (fromRoot.startsWith('docs/')) return `/${fromRoot.slice('docs/'.length)}${anchor}`;
  if (/^scenarios\/.*\.(yaml|json)$/.test(fromRoot)) return `/${fromRoot}`;
  // A folder: the page of examples lists its files.
  if (/^scenarios\b/.test(fromRoot)) return '/scenarios.md#examples';
  return undefined;
}

/** Converts repository links to links of the site. Links to code become plain text. */
export function repositoryLinks(markdown) {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    const page = env.relativePath ?? '';
    // TypeDoc writes links of the site.
    if (page.startsWith('reference/')) return;
    for (const { children } of tokens) {
      let isPlain = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const href = token.attrGet('href') ?? '';
          if (/^([a-z]+:|\/)/.test(href)) continue;
          const to = onSite(href, page);
          isPlain =
            to === undefined || (/\.md(#|$)/.test(to) && !existsSync(join(CONTENT, to.replace(/#.*/, ''))));
          if (isPlain) Object.assign(token, { type: 'text', tag: '', content: '', nesting: 0 });
          else token.attrSet('href', to);
          if (!isPlain && /\.(yaml|json)$/.test(to)) token.attrSet('download', '');
        } else if (token.type === 'link_close' && isPlain) {
          Object.assign(token, { type: 'text', tag: '', content: '', nesting: 0 });
          isPlain = false;
        }
      }
    }
  });
}
