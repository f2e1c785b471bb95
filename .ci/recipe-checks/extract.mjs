// Writes the compose files, workflows and pipelines of the docs into a folder, each with a name of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, documents } from '../document-checks/documents.mjs';

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const document of documents()) {
  for (const { language, words, text } of blocksOf(document)) {
    const [name = ''] = words;
    if (language !== 'yaml' || !/compose|workflow|gitlab/.test(name)) continue;
    const file = `${document.replace(/\.md$/, '').replaceAll('/', '-')}-${name.replace(/^\./, '')}`;
    writeFileSync(
      join(folder, file.endsWith('.yml') || file.endsWith('.yaml') ? file : `${file}.yaml`),
      text,
    );
  }
}
