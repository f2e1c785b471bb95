import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CORE, floorOf } from './floors.ts';

const SOURCE = resolve('src');

interface Module {
  readonly file: string;
  readonly room: string;
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
      return { file, room: file.split('/')[0]!, text, imports };
    });
}

describe('the rooms of the house', () => {
  const all = modules();

  it('every file belongs to a room with a floor', () => {
    assert.deepEqual(
      all.filter(({ room }) => floorOf(room) < 0).map(({ file }) => file),
      [],
    );
  });

  it('no import climbs', () => {
    const climbing = all.flatMap(({ file, room, imports }) =>
      imports
        .filter((name) => name.startsWith('.'))
        .map((name) => relative(SOURCE, resolve(SOURCE, dirname(file), name)))
        .filter((target) => floorOf(target.split('/')[0]!) > floorOf(room))
        .map((target) => `${file} imports ${target}`),
    );
    assert.deepEqual(climbing, []);
  });

  it('rooms of one floor do not import each other', () => {
    const crossing = all.flatMap(({ file, room, imports }) =>
      imports
        .filter((name) => name.startsWith('.'))
        .map((name) => relative(SOURCE, resolve(SOURCE, dirname(file), name)).split('/')[0]!)
        .filter((target) => target !== room && floorOf(target) === floorOf(room) && !target.endsWith('.ts'))
        .map((target) => `${file} imports ${target}`),
    );
    assert.deepEqual(crossing, []);
  });

  it('the core knows nothing of Node, Express or MSW', () => {
    const strangers = all
      .filter(({ room }) => CORE.has(room))
      .flatMap(({ file, imports }) =>
        imports
          .filter((name) => /^(?:node:|express\b|msw\b|pino\b|commander\b)/.test(name))
          .map((name) => `${file} imports ${name}`),
      );
    assert.deepEqual(strangers, []);
  });

  it('only the runtime makes time, randomness and identifiers', () => {
    const FORBIDDEN = /Date\.now\b|new Date\(\s*\)|Math\.random\b|randomUUID\b|performance\.now\b/;
    const makers = all
      .filter(({ room, text }) => room !== 'runtime' && FORBIDDEN.test(text))
      .map(({ file }) => file);
    assert.deepEqual(makers, []);
  });

  it('only appliers write the state of an organization', () => {
    const writers = all
      .filter(({ file }) => !file.startsWith('organization/'))
      .filter(({ text }) =>
        /\.(?:writeRare|foldBefore|append)\(|inventory\.(?:add|edit)\(|profiles\.add\(/.test(text),
      )
      .map(({ file }) => file);
    assert.deepEqual(writers, []);
  });

  it('zod is imported so that the bundle can leave out what nobody calls', () => {
    const whole = all
      .filter(({ text }) => /from 'zod'|\{[^}]*\bz\b[^}]*\} from 'zod\/mini'|import\('zod/.test(text))
      .map(({ file }) => `${file}: write import * as z from 'zod/mini'`);
    assert.deepEqual(whole, []);
  });
});
