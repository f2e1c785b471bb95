import { writeFileSync } from 'node:fs';
import { COMMITTED_FILES } from './committed-files.ts';

for (const { file, section, content } of COMMITTED_FILES) {
  writeFileSync(file, await content());
  process.stdout.write(`${file}${section === undefined ? '' : `: ${section}`}\n`);
}
