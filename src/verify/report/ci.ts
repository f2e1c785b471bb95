import type { Verdict } from '../verdict.ts';
import { details, escaped, faultWords, headline, message, shownPlace, suiteTitle } from './message.ts';
import { countsOf, type Report, type Suite } from './report.ts';

/** Whole seconds, without zone, as the schema wants it. */
const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);

/**
 * The dialect that Jenkins, GitLab and GitHub's readers have in common: what is unknown is an error. Many show the body of
 * a failure alone, so that the whole message stands there: https://github.com/testmoapp/junitxml
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
  // Whatever is no part of the common schema, such as `file`, stands in the message.
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

/** A description may hold neither a line feed nor what begins a directive. */
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

/** A YAML block, each value as a JSON text, which YAML reads. */
function diagnostic(verdict: Verdict): readonly string[] {
  const told = details(verdict).filter(([label]) => verdict.status !== 'passed' || label === 'warning');
  if (told.length === 0) return [];
  const severity = verdict.status === 'passed' ? 'comment' : verdict.status === 'failed' ? 'fail' : 'unknown';
  return [
    '  ---',
    `  severity: ${severity}`,
    ...told
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
 * Annotations on the lines of the scenario file, as workflow commands of GitHub Actions:
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
