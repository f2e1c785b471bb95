// Lays out what VitePress reads: docs/ as it is, the changelog and the other pages of the repository's root, and the
// scenarios as files to download. docs/ stays plain Markdown, so that it can be read where the repository is.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const CONTENT = join(import.meta.dirname, 'content');

/** Pages that stand at the root of the repository, where people look for them. */
const ROOT_PAGES = {
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security.md',
};

const HOME = `---
layout: home
hero:
  name: Crabapple
  text: Apple's device-management cloud on your own machine
  tagline: Device Enrollment, push, and Apps and Books, simulated and checked.
  actions:
    - { theme: brand, text: I write an MDM server, link: /quick-start/mdm-server }
    - { theme: alt, text: I write TypeScript, link: /quick-start/typescript }
    - { theme: alt, text: I keep the CI, link: /quick-start/ci }
---
`;

/** The home page has the title in its hero. */
const homePage = (page) => HOME + page.replace(/^# .*\n/, '');

rmSync(CONTENT, { recursive: true, force: true });
cpSync(join(ROOT, 'docs'), CONTENT, { recursive: true });
mkdirSync(join(CONTENT, 'public'));
cpSync(join(ROOT, 'scenarios'), join(CONTENT, 'public', 'scenarios'), { recursive: true });
for (const [from, to] of Object.entries(ROOT_PAGES)) {
  if (existsSync(join(ROOT, from))) cpSync(join(ROOT, from), join(CONTENT, to));
}
writeFileSync(join(CONTENT, 'index.md'), homePage(readFileSync(join(CONTENT, 'index.md'), 'utf8')));
