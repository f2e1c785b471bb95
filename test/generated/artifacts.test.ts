import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ARTIFACTS } from './artifacts.ts';

describe('files that are made from the tables of the source', () => {
  for (const { file, part, wanted } of ARTIFACTS) {
    it(`${file} is what \`npm run generate\` makes${part === undefined ? '' : `: ${part}`}`, async () => {
      assert.equal(readFileSync(file, 'utf8'), await wanted());
    });
  }
});
