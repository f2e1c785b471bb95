import type { Verdict } from '../verdict.ts';
import { details, escaped, faultWords, headline, message, shownPlace, suiteTitle } from './message.ts';
import { countsOf, type Report, type Suite } from './report.ts';

/** Seconds without time zone, as the JUnit schema requires. */
const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);

/**
 * JUnit XML in the form that Jenkins, GitLab and GitHub share. An unknown verdict is an error. Many readers show only the
 * body of a failure, so the body has the complete message: https://github.com/testmoapp/junitxml
 */
export function junit({ counts, suites }: Report): string {
  const tests = counts.passed + counts.failed + counts.unknown;
  const all = `tests="${tests}" failures="${counts.failed}" errors="${counts.unknown}"`;
  const body = suites.map(suiteXml).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="crabapple" ${all} time="0">\n${body}</testsuites>\n`;
}

function suiteXml({ scenario, organization, verdicts, exchanges, faults, wallAt }: Suite): string {
  const { failed, unknown } = countsOf(verdicts);
  const attributes = [
    `name="${escaped(scenario)}"`,
    `tests="${verdicts.length}"`,
    `failures="${failed}"`,
    `errors="${unknown}"`,
    'skipped="0"',
    'time="0"',
    `timestamp="${timestamp(wallAt)}"`,
    'hostname="localhost"',
  ];
  const properties = [
    `    <property name="organization" value="${escaped(organization)}"/>\n`,
    `    <property name="requests" value="${exchanges}"/>\n`,
    ...faults.map((fault) => `    <property name="fault" value="${escaped(faultWords(fault))}"/>\n`),
  ];
  const cases = verdicts.map((verdict) => caseXml(scenario, verdict)).join('');
  return `  <testsuite ${attributes.join(' ')}>\n   <properties>\n${properties.join('')}   </properties>\n${cases}  </testsuite>\n`;
}

function caseXml(scenario: string, verdict: Verdict): string {
  const { name, status, place, warnings = [] } = verdict;
  // The message has what the common schema has no attribute for, such as the file.
  const head = `    <testcase name="${escaped(name)}" classname="${escaped(scenario)}" time="0"`;
  if (status === 'passed') {
    const output =
      warnings.length === 0 ? '' : `\n      <system-out>${escaped(warnings.join('\n'))}</system-out>\n    `;
    return output === '' ? `${head}/>\n` : `${head}>${output}</testcase>\n`;
  }
  const element = status === 'failed' ? 'failure' : 'error';
  const where = place === undefined ? '' : `${shownPlace(place)}: `;
  const text = escaped(message(verdict));
  return `${head}>\n      <${element} message="${escaped(where + headline(verdict))}" type="${status}">${text}</${element}>\n    </testcase>\n`;
}

/** Escapes a description: no line feed, no `#`, which starts a directive. */
const described = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\#]/g, '\\$&');

/** TAP version 14: https://testanything.org/tap-version-14-specification.html */
export function tap({ suites }: Report): string {
  const tests = suites.flatMap(({ scenario, file, verdicts }) =>
    verdicts.map((verdict) => ({ title: suiteTitle(scenario, file), verdict })),
  );
  const lines = ['TAP version 14', `1..${tests.length}`];
  let heading: string | undefined;
  tests.forEach(({ title, verdict }, index) => {
    if (title !== heading) lines.push(`# ${title}`);
    heading = title;
    const word = verdict.status === 'passed' ? 'ok' : 'not ok';
    lines.push(`${word} ${index + 1} - ${described(verdict.name)}`, ...diagnostic(verdict));
  });
  for (const { faults } of suites) {
    lines.push(...faults.map((fault) => `# fault ${described(faultWords(fault))}`));
  }
  return `${lines.join('\n')}\n`;
}

/** A YAML block. Each value is JSON, which is valid YAML. */
function diagnostic(verdict: Verdict): readonly string[] {
  const shown = details(verdict).filter(([label]) => verdict.status !== 'passed' || label === 'warning');
  if (shown.length === 0) return [];
  const severity = verdict.status === 'passed' ? 'comment' : verdict.status === 'failed' ? 'fail' : 'unknown';
  return [
    '  ---',
    `  severity: ${severity}`,
    ...shown
      .filter(([label]) => label !== 'warning')
      .map(([label, text]) => `  ${label}: ${JSON.stringify(text)}`),
    ...(verdict.warnings?.length ? [`  warnings: ${JSON.stringify(verdict.warnings)}`] : []),
    '  ...',
  ];
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * Annotations of the scenario file, as workflow commands of GitHub Actions:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function github({ suites }: Report): string {
  return suites
    .flatMap(({ verdicts, faults }) => [
      ...verdicts.flatMap(annotations),
      ...faults
        .filter(({ applied }) => applied > 0)
        .map((fault) => `::notice title=fault::${data(faultWords(fault))}\n`),
    ])
    .join('');
}

function annotations(verdict: Verdict): readonly string[] {
  const { name, status, warnings = [] } = verdict;
  if (status === 'passed') return warnings.map((warning) => command('warning', verdict, name, warning));
  return [command('error', verdict, `${name}: ${headline(verdict)}`.slice(0, 200), message(verdict))];
}

function command(kind: 'error' | 'warning', { place }: Verdict, title: string, text: string): string {
  const where =
    place === undefined ? [] : [`file=${property(place.file)}`, `line=${place.line}`, `col=${place.column}`];
  return `::${kind} ${[...where, `title=${property(title)}`].join(',')}::${data(text)}\n`;
}
