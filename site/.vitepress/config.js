import { existsSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { defineConfig } from 'vitepress';
import { repositoryLinks } from './repository-links.js';

const page = (text, link) => ({ text, link });
const CONTENT = join(import.meta.dirname, '..', 'content');
const isThere = ({ link }) =>
  existsSync(join(CONTENT, link.endsWith('/') ? `${link}index.md` : `${link}.md`));

const SIDEBAR = [
  {
    text: 'First steps',
    items: [
      page('With an MDM server', '/quick-start/mdm-server'),
      page('In TypeScript', '/quick-start/typescript'),
      page('In the front end', '/quick-start/front-end'),
      page('In CI', '/quick-start/ci'),
      page('When a device does not enroll', '/quick-start/debugging'),
    ],
  },
  {
    text: 'Scenarios',
    items: [
      page('Scenarios', '/scenarios'),
      page('Every key of a file', '/scenario-file'),
      page('Expectations', '/expectations'),
      page('The data-sent declaration', '/data-sent'),
      page('Faults', '/faults'),
      page('Incidents', '/incidents'),
      page('Snapshots, organizations, data', '/snapshots'),
      page('Recording', '/recording'),
    ],
  },
  {
    text: 'Recipes',
    items: [
      page('MDM servers and push senders', '/mdm-servers'),
      page('Redirection', '/redirection'),
      page('CI', '/ci'),
      page('Test frameworks', '/testing'),
      page('MSW', '/msw'),
    ],
  },
  {
    text: 'Reference',
    items: [
      page('Commands', '/commands'),
      page('Control API', '/control-api'),
      page('Library', '/api'),
      page('Library, every export', '/reference/'),
      page('Device Enrollment', '/services/dep'),
      page('Push', '/services/apns'),
      page('Apps and Books', '/services/vpp'),
      page('App metadata', '/services/metadata'),
      page('HTTP/2', '/http2'),
    ],
  },
  {
    text: 'How far to trust it',
    items: [
      page('Fidelity', '/fidelity'),
      page('Differences from Apple', '/differences'),
      page('Benchmarks', '/benchmarks'),
      page('Changelog', '/changelog'),
      page('Contributing', '/contributing'),
      page('Security', '/security'),
    ],
  },
];

/** Pages of which most is tables. */
const WIDE =
  /^(services|reference)\/|^(incidents|commands|control-api|scenario-file|fidelity|benchmarks)\.md$/;

export default defineConfig({
  title: 'Crabapple',
  description: "Apple's device-management services on your own machine.",
  lang: 'en',
  // Where the site is not at the root of its host: DOCS_BASE=/crabapple/.
  base: process.env.DOCS_BASE ?? '/',
  srcDir: 'content',
  cleanUrls: false,
  // No font and no script of anybody else's: the site is read without a network too.
  themeConfig: {
    nav: [
      page('First steps', '/quick-start/mdm-server'),
      page('Scenarios', '/scenarios'),
      page('Services', '/services/dep'),
      page('Reference', '/commands'),
      page('Fidelity', '/fidelity'),
    ],
    sidebar: SIDEBAR.map(({ text, items }) => ({ text, items: items.filter(isThere) })),
    outline: [2, 3],
    search: { provider: 'local' },
    footer: { message: 'MIT. Crabapple is not affiliated with Apple.' },
  },
  transformPageData(pageData) {
    if (!WIDE.test(pageData.relativePath)) return;
    pageData.frontmatter.pageClass = 'wide';
    // One table and no headings: nothing to list beside it.
    if (pageData.relativePath === 'incidents.md') pageData.frontmatter.aside = false;
  },
  markdown: {
    // The same anchors as where the repository is read.
    anchor: {
      slugify: (text) => new GithubSlugger().slug(text),
    },
    config: repositoryLinks,
  },
});
