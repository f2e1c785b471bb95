// Checks every link of the pages without a network: files and anchors must exist, URLs must be https, and links to Apple
// must be public documentation.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import GithubSlugger from 'github-slugger';
import { documents, examples } from './documents.mjs';

const LINK = /\[(?:[^\][]|\[[^\]]*\])*\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|<([a-z]+:\/\/[^>\s]+)>/g;
const APPLE = /(^|\.)apple\.com$/;
const FOR_READERS = new Set(['developer.apple.com', 'support.apple.com']);

/** Replaces code by spaces, which keeps line numbers. */
const withoutCode = (text) =>
  text
    .replaceAll(/^(\s*)(`{3,}|~{3,})[\s\S]*?^\1\2$/gm, (block) => block.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(`+)[^`\n]+?\1(?!`)/g, (code) => ' '.repeat(code.length));

export function linksOf(text) {
  return [...withoutCode(text).matchAll(LINK)].map((match) => ({
    href: match[1] ?? match[2],
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** Anchors as GitHub and the site generate them. */
export function anchorsOf(text) {
  const slugger = new GithubSlugger();
  const headings = text
    .replaceAll(/^(\s*)(`{3,}|~{3,})[\s\S]*?^\1\2$/gm, '')
    .matchAll(/^#{1,6} +(.+?)(?: +#+)?$/gm);
  return new Set(
    [...headings].map(([, heading]) => slugger.slug(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)|[`*]/g, '$1'))),
  );
}

function addressProblem(href) {
  if (!URL.canParse(href)) return 'is no address';
  const { protocol, hostname } = new URL(href);
  if (hostname === '127.0.0.1') return undefined;
  if (protocol !== 'https:') return 'is not https';
  if (APPLE.test(hostname) && !FOR_READERS.has(hostname)) return 'is Apple’s, and no page for readers';
  return undefined;
}

export function linkProblem(document, href, read = (path) => readFileSync(path, 'utf8')) {
  if (/^[a-z]+:/i.test(href)) return addressProblem(href);
  const [path, anchor] = href.split('#');
  const target = path === '' ? document : normalize(join(dirname(document), decodeURIComponent(path)));
  if (target.startsWith('..')) return 'leads out of the repository';
  if (!existsSync(target)) return 'leads to a file that is not there';
  if (anchor === undefined) return undefined;
  if (statSync(target).isDirectory()) return 'has an anchor in a folder';
  return anchorsOf(read(target)).has(anchor) ? undefined : 'has an anchor that is not there';
}

if (import.meta.main ?? process.argv[1]?.endsWith('links.mjs')) {
  let links = 0;
  let failed = 0;
  for (const document of [...documents(), ...examples()]) {
    for (const { href, line } of linksOf(readFileSync(document, 'utf8'))) {
      links += 1;
      const problem = linkProblem(document, href);
      if (problem === undefined) continue;
      failed += 1;
      process.stdout.write(`failed: ${document}:${line} ${href} ${problem}\n`);
    }
  }
  process.stdout.write(`links of the documents: ${links - failed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && links > 0 ? 0 : 1;
}
