import type { Verdict } from '../verdict.ts';
import { faultWords } from './fault-report.ts';
import { details, suiteTitle } from './message.ts';
import type { Report } from './report.ts';

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
