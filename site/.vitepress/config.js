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
    text: 'Quick start',
    items: [
      page('MDM servers', '/quick-start/mdm-server'),
      page('TypeScript', '/quick-start/typescript'),
      page('Front ends', '/quick-start/front-end'),
      page('CI', '/quick-start/ci'),
      page('Troubleshooting', '/quick-start/debugging'),
    ],
  },
  {
    text: 'Scenarios',
    items: [
      page('Scenarios', '/scenarios'),
      page('All keys', '/scenario-file'),
      page('Expectations', '/expectations'),
      page('The data-sent declaration', '/data-sent'),
      page('Faults', '/faults'),
      page('Incidents', '/incidents'),
      page('Snapshots and persistence', '/snapshots'),
      page('Recording', '/recording'),
    ],
  },
  {
    text: 'Guides',
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
      page('TypeScript API', '/api'),
      page('All exports', '/reference/'),
      page('Device Enrollment', '/services/dep'),
      page('Push', '/services/apns'),
      page('Apps and Books', '/services/vpp'),
      page('App metadata', '/services/metadata'),
      page('HTTP/2', '/http2'),
    ],
  },
  {
    text: 'Accuracy and project',
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

/** Pages that consist mostly of tables. */
const WIDE =
  /^(services|reference)\/|^(incidents|commands|control-api|scenario-file|fidelity|benchmarks)\.md$/;

export default defineConfig({
  title: 'Crabapple',
  description: "Apple's device-management services on your own machine.",
  lang: 'en',
  // If the site is not at the root of its host: DOCS_BASE=/crabapple/.
  base: process.env.DOCS_BASE ?? '/',
  srcDir: 'content',
  cleanUrls: false,
  // No external fonts or scripts: the site works without a network.
  themeConfig: {
    nav: [
      page('Quick start', '/quick-start/mdm-server'),
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
    // One table and no headings: no outline.
    if (pageData.relativePath === 'incidents.md') pageData.frontmatter.aside = false;
  },
  markdown: {
    // The same anchors as in the repository.
    anchor: {
      slugify: (text) => new GithubSlugger().slug(text),
    },
    config: repositoryLinks,
  },
});
