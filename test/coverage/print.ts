import { readFileSync } from 'node:fs';
import type { Operation, Service } from '../../src/engine/service.ts';
import { SERVICES } from '../../src/services/index.ts';
import { COVERED, type Covered } from './covered.ts';
import { COVERAGE_FILE, type OperationCoverage } from './seen.ts';

const UNTESTED: OperationCoverage = { tests: [], versions: [], statuses: [], errors: [] };

/** Names in the error table that the operation documents, including those of its authentication scheme and body. */
function documented(
  { errorRoles: { malformedBody } }: Service,
  { errors, scheme, body }: Operation,
): readonly string[] {
  return [...new Set([...errors, ...(scheme.errors ?? []), ...(body === undefined ? [] : [malformedBody])])];
}

function gapsOf(
  name: string,
  required: readonly string[],
  { versions }: Covered,
  seen: OperationCoverage,
): string[] {
  const missing = required.filter((error) => !seen.errors.includes(error));
  const untested = (versions?.needed ?? []).filter((version) => !seen.versions.includes(version));
  return [
    ...(seen.tests.length === 0 ? [`${name} has no test`] : []),
    ...missing.map((error) => `${name} never returned ${error}`),
    ...(untested.length > 0 ? [`${name} was never called with version ${untested.join(', ')}`] : []),
  ];
}

const list = (items: readonly (string | number)[]): string =>
  items.length === 0 ? 'none' : items.join(', ');

function format(
  operation: Operation,
  required: readonly string[],
  covered: Covered,
  seen: OperationCoverage,
): string {
  const { name, methods, path, source } = operation;
  const { tests, statuses, versions } = seen;
  const needed = covered.versions?.needed.filter((version) => versions.includes(version));
  return [
    `${name}`,
    `  ${methods.join(', ')} ${path}`,
    `  ${source}`,
    `  ${tests.length} tests; statuses ${list([...statuses].sort())}`,
    ...(needed === undefined ? [] : [`  versions ${list(needed)}`]),
    `  errors ${list(required)}`,
    ...tests.slice(0, 3).map((test) => `  - ${test}`),
    ...(tests.length > 3 ? [`  - and ${tests.length - 3} more`] : []),
    '',
  ].join('\n');
}

const coverage = JSON.parse(readFileSync(COVERAGE_FILE, 'utf8')) as Record<string, OperationCoverage>;
const gaps: string[] = [];

for (const service of SERVICES) {
  const covered = COVERED[service.name];
  if (covered === undefined) {
    process.stdout.write(`${service.name} is not checked\n`);
    continue;
  }
  for (const operation of service.operations) {
    const required = documented(service, operation);
    const seen = coverage[operation.name] ?? UNTESTED;
    process.stdout.write(format(operation, required, covered, seen));
    gaps.push(...gapsOf(operation.name, required, covered, seen));
  }
}

for (const gap of gaps) process.stdout.write(`gap: ${gap}\n`);
process.stdout.write(`${gaps.length === 0 ? 'no gaps' : `${gaps.length} gaps`}\n`);
process.exitCode = gaps.length === 0 ? 0 : 1;
