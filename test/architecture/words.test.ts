import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { compileRules, findWords, shownFinding, type WordFinding } from './find-words.ts';
import { ALLOWED_ANYWHERE, RETIRED, UNCHECKED } from './words.ts';

const RULES = compileRules({ retired: RETIRED, allowedAnywhere: ALLOWED_ANYWHERE });

const found = (file: string, text: string): readonly string[] =>
  findWords(RULES, file, text).map(({ line, word }) => `${line} ${word}`);

/** The tracked text files. */
function trackedFiles(): readonly string[] {
  return execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(file) && !UNCHECKED.some(({ files }) => files.test(file)));
}

describe('retired words', () => {
  it('are in no tracked file', function () {
    this.timeout(60_000);
    const findings: WordFinding[] = [];
    for (const file of trackedFiles()) {
      const text = readFileSync(file, 'utf8');
      if (text.includes('\0')) continue;
      findings.push(...findWords(RULES, file, text));
    }
    assert.equal(
      findings.length,
      0,
      `${findings.length} retired words\n${findings.map(shownFinding).join('\n')}`,
    );
  });

  it('are found in names, strings, comments, documents and file names', () => {
    const TABLE: readonly (readonly [file: string, text: string, ...findings: readonly string[]])[] = [
      ['src/a.ts', 'const judgedExchange = 1;', '1 judged'],
      ['src/a.ts', 'const x_struck_y = 1;', '1 struck'],
      ['src/a.ts', 'export class Agenda {}', '1 agenda'],
      ['src/a.ts', "\nthrow new Error('the request was refused');", '2 refused'],
      ['src/a.ts', '/** What Apple knows. */', '1 apple knows'],
      ['src/a.ts', '// nobody asked', '1 nobody', '1 asked'],
      ['test/a.test.ts', "it('tells of each row', () => {});", '1 tells'],
      ['src/transports/turns.ts', '', '0 turns'],
      ['docs/door.md', 'A transport.', '0 door'],
      ['docs/a.md', 'The whole file is read at once.', '1 whole', '1 at once'],
      ['docs/a.md', 'Otherwise it fails.', '1 otherwise'],
      ['scenarios/a.yaml', 'behaviour: {}', '1 behaviour'],
      ['scenarios/a.schema.json', '{ "lapse_terms": true }', '1 lapse'],
      ['src/cli/contracts/list.ts', '', '0 contracts'],
    ];
    for (const [file, text, ...findings] of TABLE)
      assert.deepEqual(found(file, text), findings, text || file);
  });

  it('do not include the allowed uses and similar words', () => {
    const TABLE: readonly (readonly [file: string, text: string])[] = [
      ['src/a.ts', "kind: 'refused_stream'"],
      ['src/a.ts', 'error.code === "ECONNREFUSED"'],
      ['docs/a.md', 'curl: (7) Failed to connect: Connection refused'],
      ['src/a.ts', 'await Promise.allSettled(all);'],
      ['src/a.ts', 'const outdoors = indoor;'],
      ['src/a.ts', '// one quirk of Apple'],
      ['docs/a.md', 'a whole number'],
      ['src/a.ts', 'const whole = otherwise;'],
      ['CHANGELOG.md', '| `lapse_terms` | `expire_terms` |'],
    ];
    for (const [file, text] of TABLE) assert.deepEqual(found(file, text), [], text);
  });

  it('are reported with file, line, replacement and excerpt', () => {
    const [finding] = findWords(RULES, 'src/a.ts', '\n// the keeper');
    assert.equal(shownFinding(finding!), 'src/a.ts:2: "keeper": write persistence writer\n    // the keeper');
  });

  it('have a replacement, and each allowed use a reason', () => {
    for (const { words = [], phrase, instead, allowed = [] } of RETIRED) {
      assert.ok(words.length > 0 || phrase !== undefined);
      assert.equal(phrase?.global ?? false, false, 'a global expression keeps a position');
      assert.notEqual(instead, '');
      for (const { reason } of allowed) assert.notEqual(reason, '');
    }
  });
});
