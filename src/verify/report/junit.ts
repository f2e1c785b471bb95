import type { Verdict } from '../verdict.ts';
import { faultWords } from './fault-report.ts';
import { escaped } from './markup.ts';
import { headline, message, shownPlace } from './message.ts';
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
