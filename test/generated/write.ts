import { writeFileSync } from 'node:fs';
import { ARTIFACTS } from './artifacts.ts';

for (const { file, part, wanted } of ARTIFACTS) {
  writeFileSync(file, await wanted());
  process.stdout.write(`${file}${part === undefined ? '' : `: ${part}`}\n`);
}
