import { posix } from 'node:path';

/** Pages of the repository's root, by their address on the site. */
const PAGES = {
  'README.md': '/',
  'CHANGELOG.md': '/changelog.md',
  'CONTRIBUTING.md': '/contributing.md',
  'SECURITY.md': '/security.md',
};

/** Where a link that is good in the repository leads on the site; undefined where it stays as it is. */
function onSite(href, page) {
  if (/^[a-z]+:|^#|^\//.test(href)) return undefined;
  const [path, anchor = ''] = href.split(/(?=#)/);
  const fromRoot = ROOT_PAGES.has(page)
    ? posix.normalize(path)
    : posix.join('docs', posix.dirname(page), path);
  if (fromRoot in PAGES) return PAGES[fromRoot] + anchor;
  if (fromRoot.startsWith('docs/') && ROOT_PAGES.has(page))
    return `/${fromRoot.slice('docs/'.length)}${anchor}`;
  if (/^scenarios\/.*\.(yaml|json)$/.test(fromRoot)) return `/${fromRoot}`;
  // A folder: its files are listed where the examples are.
  if (fromRoot.startsWith('scenarios')) return '/scenarios.md#examples';
  return undefined;
}

const ROOT_PAGES = new Set(['changelog.md', 'contributing.md', 'security.md']);

/** Lets links of docs/ and of the root's pages lead to the same things on the site. */
export function repositoryLinks(markdown) {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue;
      const to = onSite(token.attrGet('href') ?? '', env.relativePath ?? '');
      if (to === undefined) continue;
      token.attrSet('href', to);
      if (!to.replace(/#.*/, '').match(/\.md$|^\/$/)) token.attrSet('download', '');
    }
  });
}
