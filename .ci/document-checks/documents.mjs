import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** README first: its commands install and build what the other pages use. */
const AT_ROOT = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

/** Every page, as a path from the root of the repository. */
export function documents() {
  const pages = readdirSync('docs', { recursive: true })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path).replaceAll('\\', '/'))
    .sort();
  return [...AT_ROOT.filter((path) => existsSync(path)), ...pages];
}

/** The READMEs of the examples. Other tests run their commands. */
export const examples = () =>
  existsSync('examples')
    ? readdirSync('examples')
        .map((name) => `examples/${name}/README.md`)
        .filter((path) => existsSync(path))
    : [];

const FENCE = /^(\s*)(`{3,}|~{3,})\s*(.*)$/;
const MARK = /^<!-- (not run|run by): (.+) -->$/;
const PAGE_MARK = /^<!-- blocks (run by): (.+) -->$/m;

/**
 * The fenced blocks of a page, in order. `mark` is the comment before a block or that of the page: `not run: reason` or
 * `run by: test`.
 */
export function blocksOf(document, text = readFileSync(document, 'utf8')) {
  const lines = text.split('\n');
  const ofPage = PAGE_MARK.exec(text);
  const blocks = [];
  for (let at = 0; at < lines.length; at += 1) {
    const fence = FENCE.exec(lines[at]);
    if (fence === null) continue;
    const [, indent, ticks, information] = fence;
    const begin = at;
    const inside = [];
    for (at += 1; at < lines.length && lines[at].trim() !== ticks; at += 1) {
      inside.push(lines[at].startsWith(indent) ? lines[at].slice(indent.length) : lines[at]);
    }
    const [language = '', ...words] = information.trim().split(/\s+/);
    const before = lines.slice(0, begin).findLast((line) => line.trim() !== '') ?? '';
    const mark = MARK.exec(before.trim()) ?? ofPage;
    blocks.push({
      document,
      place: `${document}:${begin + 1}`,
      language,
      words,
      text: `${inside.join('\n')}\n`,
      isOpen: at >= lines.length,
      mark: mark === null ? undefined : { kind: mark[1], text: mark[2] },
    });
  }
  return blocks;
}
