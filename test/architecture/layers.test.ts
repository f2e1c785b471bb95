import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { isPortable, layerOf } from './layers.ts';

const SOURCE = resolve('src');

interface Module {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;

function modules(): readonly Module[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const text = readFileSync(join(SOURCE, file), 'utf8');
      const imports = [...text.matchAll(IMPORT)].map((match) => (match[1] ?? match[2] ?? match[3])!);
      return { file, text, imports };
    });
}

describe('layers of src', () => {
  const all = modules();

  const relativeImports = all.flatMap(({ file, imports }) =>
    imports
      .filter((name) => name.startsWith('.'))
      .map((name) => ({ file, target: relative(SOURCE, resolve(SOURCE, dirname(file), name)) })),
  );

  /** The folder below `src` that a file stands in; the declarations of one service go with the interfaces beside them. */
  const folderOf = (file: string): string => file.split('/')[0]!;

  const shown = ({ file, target }: { file: string; target: string }): string => `${file} imports ${target}`;

  it('every file belongs to a layer', () => {
    assert.deepEqual(
      all.filter(({ file }) => layerOf(file) < 0).map(({ file }) => file),
      [],
    );
  });

  it('no file imports from a higher layer', () => {
    const upward = relativeImports.filter(({ file, target }) => layerOf(target) > layerOf(file));
    assert.deepEqual(upward.map(shown), []);
  });

  it('folders of one layer do not import each other', () => {
    const sideways = relativeImports.filter(
      ({ file, target }) => layerOf(target) === layerOf(file) && folderOf(target) !== folderOf(file),
    );
    assert.deepEqual(sideways.map(shown), []);
  });

  it('the portable layers do not import Node or Express', () => {
    const importing = all
      .filter(({ file }) => isPortable(layerOf(file)))
      .flatMap(({ file, imports }) =>
        imports
          .filter((name) => /^(?:node:|express\b|commander\b)/.test(name))
          .map((name) => `${file} imports ${name}`),
      );
    assert.deepEqual(importing, []);
  });

  it('only core makes time, randomness and identifiers', () => {
    const FORBIDDEN = /Date\.now\b|new Date\(\s*\)|Math\.random\b|randomUUID\b|performance\.now\b/;
    const makers = all
      .filter(({ file, text }) => !file.startsWith('core/') && FORBIDDEN.test(text))
      .map(({ file }) => file);
    assert.deepEqual(makers, []);
  });

  it('zod is imported so that bundlers can remove unused parts', () => {
    const whole = all
      .filter(({ text }) => /from 'zod'|\{[^}]*\bz\b[^}]*\} from 'zod\/mini'|import\('zod/.test(text))
      .map(({ file }) => `${file}: write import * as z from 'zod/mini'`);
    assert.deepEqual(whole, []);
  });
});
