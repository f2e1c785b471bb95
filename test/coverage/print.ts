import { readFileSync } from 'node:fs';
import type { Operation, Service } from '../../src/services/operation.ts';
import { SERVICES } from '../services/loaded.ts';
import { COVERED, type Covered } from './covered.ts';
import { SEEN_FILE, type Seen } from './seen.ts';

const UNSEEN: Seen = { tests: [], versions: [], statuses: [], errors: [] };

/** Errors that the operation documents, including those of its authentication scheme and body. */
function documented({ malformedBody }: Service, { errors, scheme, body }: Operation): readonly string[] {
  return [...new Set([...errors, ...(scheme.errors ?? []), ...(body === undefined ? [] : [malformedBody])])];
}

function gapsOf(name: string, wanted: readonly string[], { versions }: Covered, seen: Seen): string[] {
  const unmet = wanted.filter((error) => !seen.errors.includes(error));
  const missingVersions = (versions?.needed ?? []).filter((version) => !seen.versions.includes(version));
  return [
    ...(seen.tests.length === 0 ? [`${name} has no test`] : []),
    ...unmet.map((error) => `${name} never returned ${error}`),
    ...(missingVersions.length > 0
      ? [`${name} was never requested with version ${missingVersions.join(', ')}`]
      : []),
  ];
}

const list = (items: readonly (string | number)[]): string =>
  items.length === 0 ? 'none' : items.join(', ');

function printed(operation: Operation, wanted: readonly string[], covered: Covered, seen: Seen): string {
  const { name, methods, path, source } = operation;
  const { tests, statuses, versions } = seen;
  const needed = covered.versions?.needed.filter((version) => versions.includes(version));
  return [
    `${name}`,
    `  ${methods.join(', ')} ${path}`,
    `  ${source}`,
    `  ${tests.length} tests; statuses ${list([...statuses].sort())}`,
    ...(needed === undefined ? [] : [`  versions ${list(needed)}`]),
    `  errors ${list(wanted)}`,
    ...tests.slice(0, 3).map((test) => `  - ${test}`),
    ...(tests.length > 3 ? [`  - and ${tests.length - 3} more`] : []),
    '',
  ].join('\n');
}

const met = JSON.parse(readFileSync(SEEN_FILE, 'utf8')) as Record<string, Seen>;
const gaps: string[] = [];

for (const service of SERVICES) {
  const covered = COVERED[service.name];
  if (covered === undefined) {
    process.stdout.write(`${service.name} is not checked\n`);
    continue;
  }
  for (const operation of service.operations) {
    const wanted = documented(service, operation);
    const seen = met[operation.name] ?? UNSEEN;
    process.stdout.write(printed(operation, wanted, covered, seen));
    gaps.push(...gapsOf(operation.name, wanted, covered, seen));
  }
}

for (const gap of gaps) process.stdout.write(`not covered: ${gap}\n`);
process.stdout.write(`${gaps.length === 0 ? 'everything is covered' : `${gaps.length} gaps`}\n`);
process.exitCode = gaps.length === 0 ? 0 : 1;
