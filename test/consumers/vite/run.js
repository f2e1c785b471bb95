// Runs what Vite built where there is no browser: the page needs no more of a document than this.
import { readdirSync, readFileSync } from 'node:fs';

const ASSETS = new URL('dist/assets/', import.meta.url);
const files = readdirSync(ASSETS).filter((file) => file.endsWith('.js'));
const ofNode = files.filter((file) => /["'`]node:/.test(readFileSync(new URL(file, ASSETS), 'utf8')));
if (ofNode.length > 0) throw new Error(`node: is left in ${ofNode.join(', ')}`);

const output = { textContent: '' };
const link = { relList: { supports: () => true }, rel: '', href: '' };
globalThis.document = {
  querySelector: (selector) => (selector === '#found' ? output : null),
  querySelectorAll: () => [],
  getElementsByTagName: () => [],
  createElement: () => link,
  head: { appendChild() {} },
};
const page = readFileSync(new URL('dist/index.html', import.meta.url), 'utf8');
const [, entry] = /<script[^>]* src="\/([^"]+)"/.exec(page);
await import(new URL(`dist/${entry}`, import.meta.url));
if (!output.textContent.endsWith('passed')) throw new Error(output.textContent || 'the page found nothing');
console.log(output.textContent);
