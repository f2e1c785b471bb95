import type { Verdict } from '../verdict.ts';
import { faultWords } from './fault-report.ts';
import { headline, message } from './message.ts';
import type { Report } from './report.ts';

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
