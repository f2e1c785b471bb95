import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { depTable } from '../../src/services/dep/table.ts';
import { formatReport } from '../../src/verify/report/formats.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../src/verify/report/report.ts';
import { type Element, elements, readMarkup } from './markup-tree.ts';
import { hostile, NOTHING, SAMPLE } from './sample-report.ts';

const HOSTILE = '\u0000\u001b[31m"<script>alert(1)</script>\' & ]]> %0A::error::\n## | `x` \\ # skip';

describe('reports', () => {
  // The HTML report takes the texts of operations from the loaded services.
  before(() => depTable.service.load());

  for (const format of REPORT_FORMATS) {
    const file = `test/verify/golden/report.${format}.txt`;

    it(`${format} equals ${file}`, () => {
      const printed = formatReport(SAMPLE, format);
      if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(file, printed);
      assert.equal(printed, readFileSync(file, 'utf8'));
      assert.ok(printed.endsWith('\n'));
    });

    it(`${format} prints a report without verdicts`, () => {
      const printed = formatReport(NOTHING, format);
      assert.ok(format === 'github' ? printed === '' : printed.endsWith('\n'));
    });

    it(`${format} contains no control characters`, () => {
      const printed = formatReport(hostile(HOSTILE), format);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for them
      assert.doesNotMatch(printed, /[\u0000\u001b]/);
    });
  }

  it('pretty prints colors with `color: true`', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are escape sequences
    assert.match(formatReport(SAMPLE, 'pretty', { color: true }), /\u001b\[31m✗\u001b\[0m/);
  });
});

/** The common schema of JUnit reports: required attributes, and children in their order. */
const JUNIT: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: { attributes: [], children: ['testsuite'] },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name', 'value'], children: [] },
  testcase: {
    attributes: ['name', 'classname'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { attributes: ['type', 'message'], children: [] },
  error: { attributes: ['type', 'message'], children: [] },
  'system-out': { attributes: [], children: [] },
};

const KNOWN_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'],
  testsuite: [
    'name',
    'tests',
    'failures',
    'errors',
    'time',
    'disabled',
    'skipped',
    'timestamp',
    'hostname',
    'id',
    'package',
  ],
  testcase: ['name', 'assertions', 'time', 'classname', 'status'],
};

function checkJunit(element: Element): void {
  const rule = JUNIT[element.name];
  assert.ok(rule, `<${element.name}> is known`);
  const given = Object.keys(element.attributes);
  for (const name of rule.attributes) assert.ok(given.includes(name), `<${element.name}> has ${name}`);
  for (const name of given) {
    assert.ok(
      (KNOWN_ATTRIBUTES[element.name] ?? rule.attributes).includes(name),
      `<${element.name} ${name}>`,
    );
  }
  let place = 0;
  for (const child of element.children) {
    const index = rule.children.indexOf(child.name);
    assert.ok(index >= place, `<${child.name}> is in order in <${element.name}>`);
    place = index;
    checkJunit(child);
  }
}

describe('the JUnit report', () => {
  for (const [about, report] of [
    ['of the sample', SAMPLE],
    ['without verdicts', NOTHING],
    ['of hostile texts', hostile(HOSTILE)],
  ] as const) {
    it(`${about} follows the common schema`, () => {
      const [root] = readMarkup(formatReport(report, 'junit')).children;
      assert.equal(root?.name, 'testsuites');
      checkJunit(root!);
      for (const suite of root!.children) {
        const cases = suite.children.filter(({ name }) => name === 'testcase');
        const having = (part: string) =>
          cases.filter(({ children }) => children.some(({ name }) => name === part)).length;
        assert.deepEqual(
          [suite.attributes.tests, suite.attributes.failures, suite.attributes.errors],
          [cases.length, having('failure'), having('error')].map(String),
        );
      }
    });
  }

  it('has the complete message in the body of a failure', () => {
    const failure = [...elements(readMarkup(formatReport(SAMPLE, 'junit')))].find(
      ({ name }) => name === 'failure',
    );
    assert.match(
      failure!.text,
      /at +scenarios\/first-day\.yaml:12:5\nexpected .*\nbut .*\nnearest +#17 .*\ndiffers /,
    );
  });
});

describe('the TAP report', () => {
  it('has a plan with the number of tests, and no accidental directives', () => {
    for (const report of [SAMPLE, hostile(HOSTILE), NOTHING]) {
      const lines = formatReport(report, 'tap').split('\n');
      const tests = lines.filter((line) => /^(?:not )?ok\b/.test(line));
      assert.equal(lines[0], 'TAP version 14');
      assert.equal(lines[1], `1..${tests.length}`);
      for (const line of tests) assert.doesNotMatch(line, /(?<!\\)#/);
    }
  });
});

describe('the report for GitHub', () => {
  it('is one command per line for any text', () => {
    const lines = formatReport(hostile(HOSTILE), 'github').trimEnd().split('\n');
    for (const line of lines)
      assert.match(
        line,
        /^::(?:(?:error|warning) file=[^:]*,line=1,col=1,title=[^:]*|notice title=fault)::[^\n]*$/,
      );
  });
});

describe('the HTML report', () => {
  const page = (format: ReportFormat, text: string) => formatReport(hostile(text), format);

  it('is well-formed, and has no scripts and no external resources', () => {
    for (const printed of [
      formatReport(SAMPLE, 'html'),
      page('html', HOSTILE),
      formatReport(NOTHING, 'html'),
    ]) {
      const all = [...elements(readMarkup(printed))];
      assert.ok(all.some(({ name }) => name === 'h1'));
      assert.deepEqual(
        all.filter(({ name, attributes }) => name === 'script' || name === 'link' || 'src' in attributes),
        [],
      );
      assert.ok(
        all
          .filter(({ name }) => name === 'a')
          .every(({ attributes }) => attributes.href?.startsWith('https://')),
      );
    }
  });

  it('links only to https and http addresses', () => {
    assert.doesNotMatch(page('html', 'javascript:alert(1)'), /href/);
  });

  it('lists failed expectations before passed ones', () => {
    const printed = formatReport(SAMPLE, 'html');
    assert.ok(printed.indexOf('the profile carries') < printed.indexOf('never dep.devices.disown'));
  });

  it('explains operations, locations and dates in plain words', () => {
    const printed = formatReport(SAMPLE, 'html');
    assert.match(printed, /Defines an enrollment profile[^<]*<small><code>dep\.profile\.define<\/code>/);
    assert.match(printed, /<b>url<\/b> in the request body/);
    assert.match(printed, /November 24, 2026 at 11:00:00 UTC/);
    assert.match(printed, /How to read this table/);
  });
});
