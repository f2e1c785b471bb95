import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { loadScenario } from '../../src/scenario/load.ts';
import { formatProblems, PROBLEM_FORMATS } from '../../src/scenario/reading/format.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { simulateApple } from '../../src/simulated-apple.ts';

const VALID = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && !name.startsWith('declarations'))
  .map((name) => ({ name, text: readFileSync(`scenarios/${name}`, 'utf8') }));

const readText = (path: string): Promise<string> => readFile(path, 'utf8');

/** Loads a scenario. Checks that a ScenarioError has valid positions, and that no other error occurs. */
async function acceptedOrRejected(text: string): Promise<void> {
  try {
    await loadScenario('story.yaml', text);
  } catch (error) {
    assert.ok(error instanceof ScenarioError, String((error as Error).stack));
    assert.ok(error.problems.length > 0);
    for (const { line = 0, column = 0, length = 0, message } of error.problems) {
      assert.ok(
        line >= 1 && line <= Math.max(1, error.lines.length),
        `line ${line} of ${error.lines.length}`,
      );
      assert.ok(
        column >= 1 && column <= (error.lines[line - 1]?.length ?? 0) + 1,
        `column ${column}: ${message}`,
      );
      assert.ok(length >= 1);
      assert.notEqual(message, '');
    }
    for (const format of PROBLEM_FORMATS) assert.notEqual(formatProblems(error, format), '');
  }
}

const WORDS = [
  'name',
  'seed',
  'clock',
  'devices',
  'generate',
  '5',
  '[',
  ']',
  '{',
  '}',
  ':',
  '- ',
  '&a ',
  '*a',
  '"',
  "'",
  '\n',
  '\n  ',
  '#',
  '---\n',
  '!t ',
  '? ',
  '|\n',
  '\t',
  '~',
  '\ufeff',
  '🍏',
  '\r\n',
  '2026-03-02',
  '<<',
  '__proto__',
  '%YAML 1.1\n',
];

describe('reading a scenario', () => {
  for (const { name, text } of VALID) {
    it(`accepts scenarios/${name}`, async () => {
      const apple = await simulateApple(text, {}, { file: `scenarios/${name}`, readFile: readText });
      assert.ok(apple.tenants.default.organization.enrollment.servers.length > 0);
    });
  }

  it('throws only ScenarioError for randomly edited files', async () => {
    const text = fc.constantFrom(...VALID.map(({ text: each }) => each));
    const edit = fc.record({
      at: fc.nat(),
      cut: fc.nat(30),
      put: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 5 })),
    });
    await fc.assert(
      fc.asyncProperty(text, fc.array(edit, { minLength: 1, maxLength: 4 }), async (valid, edits) => {
        let changed = valid;
        for (const { at, cut, put } of edits) {
          const start = at % (changed.length + 1);
          changed = changed.slice(0, start) + put + changed.slice(start + cut);
        }
        await acceptedOrRejected(changed);
      }),
      { numRuns: 400, seed: 99 },
    );
  });

  it('throws only ScenarioError for random text', async () => {
    const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }).map((words) => words.join(''));
    await fc.assert(fc.asyncProperty(text, acceptedOrRejected), { numRuns: 800, seed: 100 });
  });

  it('throws only ScenarioError for random values', async () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom<unknown>('5m', '2026-03-02', 0, -1, 1e308, [], {}),
    );
    const file = fc.dictionary(
      fc.constantFrom(
        'name',
        'seed',
        'clock',
        'organization',
        'mdm_servers',
        'devices',
        'behavior',
        'faults',
        'depsim',
        'credentials',
        'timeline',
        'expect',
      ),
      value,
    );
    await fc.assert(
      fc.asyncProperty(file, (members) =>
        acceptedOrRejected(JSON.stringify({ name: 'x', ...members }, undefined, 1)),
      ),
      { numRuns: 400, seed: 101 },
    );
  });
});
