// Copies the content for VitePress: docs/, the pages at the root of the repository, and the scenarios as downloads.
// docs/ is plain Markdown that also works in the repository.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const CONTENT = join(import.meta.dirname, 'content');

/** Pages at the root of the repository. */
const ROOT_PAGES = {
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security.md',
};

const HOME = `---
layout: home
hero:
  name: Crabapple
  text: Apple's device-management services on your own machine
  tagline: Simulate Device Enrollment, push, and Apps and Books, and verify what your MDM server sends.
  actions:
    - { theme: brand, text: MDM servers, link: /quick-start/mdm-server }
    - { theme: alt, text: TypeScript, link: /quick-start/typescript }
    - { theme: alt, text: CI, link: /quick-start/ci }
---
`;

/** The hero contains the title. */
const homePage = (page) => HOME + page.replace(/^# .*\n/, '');

rmSync(CONTENT, { recursive: true, force: true });
cpSync(join(ROOT, 'docs'), CONTENT, { recursive: true });
mkdirSync(join(CONTENT, 'public'));
cpSync(join(ROOT, 'scenarios'), join(CONTENT, 'public', 'scenarios'), { recursive: true });
for (const [from, to] of Object.entries(ROOT_PAGES)) {
  if (existsSync(join(ROOT, from))) cpSync(join(ROOT, from), join(CONTENT, to));
}
writeFileSync(join(CONTENT, 'index.md'), homePage(readFileSync(join(CONTENT, 'index.md'), 'utf8')));
