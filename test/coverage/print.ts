import { readFileSync } from 'node:fs';
import type { Operation, Service } from '../../src/engine/service.ts';
import { SERVICES } from '../../src/services/index.ts';
import { COVERED, type Covered } from './covered.ts';
import { SEEN_FILE, type Seen } from './seen.ts';

const UNSEEN: Seen = { tests: [], versions: [], statuses: [], errors: [] };

/** Names in the error table that the operation documents, those of its scheme and of its body included. */
function documented(
  { errorRoles: { malformedBody } }: Service,
  { errors, scheme, body }: Operation,
): readonly string[] {
  return [...new Set([...errors, ...(scheme.errors ?? []), ...(body === undefined ? [] : [malformedBody])])];
}

function holesOf(name: string, wanted: readonly string[], { versions }: Covered, seen: Seen): string[] {
  const unmet = wanted.filter((error) => !seen.errors.includes(error));
  const unasked = (versions?.needed ?? []).filter((version) => !seen.versions.includes(version));
  return [
    ...(seen.tests.length === 0 ? [`${name} has no test`] : []),
    ...unmet.map((error) => `${name} never answered ${error}`),
    ...(unasked.length > 0 ? [`${name} was never asked with version ${unasked.join(', ')}`] : []),
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
const holes: string[] = [];

for (const service of SERVICES) {
  const covered = COVERED[service.name];
  if (covered === undefined) {
    process.stdout.write(`${service.name} takes no part\n`);
    continue;
  }
  for (const operation of service.operations) {
    const wanted = documented(service, operation);
    const seen = met[operation.name] ?? UNSEEN;
    process.stdout.write(printed(operation, wanted, covered, seen));
    holes.push(...holesOf(operation.name, wanted, covered, seen));
  }
}

for (const hole of holes) process.stdout.write(`hole: ${hole}\n`);
process.stdout.write(`${holes.length === 0 ? 'no hole' : `${holes.length} holes`}\n`);
process.exitCode = holes.length === 0 ? 0 : 1;
