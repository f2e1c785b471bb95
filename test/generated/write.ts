import { writeFileSync } from 'node:fs';
import { ARTIFACTS } from './artifacts.ts';

for (const { file, wanted } of ARTIFACTS) {
  writeFileSync(file, wanted());
  process.stdout.write(`${file}\n`);
}
