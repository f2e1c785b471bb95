import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMMITTED_FILES } from '../../tools/committed-files.ts';

describe('committed files that are generated', () => {
  for (const { file, section, content } of COMMITTED_FILES) {
    it(`${file}${section === undefined ? '' : `: ${section}`} is what \`npm run generate\` writes`, async () => {
      assert.equal(readFileSync(file, 'utf8'), await content());
    });
  }
});
