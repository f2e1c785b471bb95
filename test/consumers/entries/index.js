// Every entry that the exports of the packed package name, by `import` and by `require`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { name, exports } = JSON.parse(readFileSync('node_modules/crabapple/package.json', 'utf8'));

for (const entry of Object.keys(exports)) {
  const specifier = name + entry.slice(1);
  const required = require(specifier);
  if (entry.endsWith('.json')) continue;
  const imported = await import(specifier);
  const names = Object.keys(imported);
  if (names.length === 0) throw new Error(`${specifier} exports nothing`);
  const missing = names.filter((each) => required[each] !== imported[each]);
  if (missing.length > 0) throw new Error(`require('${specifier}') has another ${missing.join(', ')}`);
}
console.log(`entries: ${Object.keys(exports).join(' ')}`);
