import { readFileSync } from 'node:fs';
import { SERVICES } from '../../src/services/index.ts';
import { SEEN_FILE, type Seen } from './seen.ts';

/** The versions that open or change something; each must have met every operation that reads the header. */
const VERSIONS = ['none', '1', '2', '3', '7', '8', '9', '10'];

const seen = JSON.parse(readFileSync(SEEN_FILE, 'utf8')) as Record<string, Seen>;
const holes: string[] = [];

for (const service of SERVICES) {
  for (const { name, methods, path, source, errors } of service.operations) {
    const { tests = [], versions = [], statuses = [], errors: met = [] } = seen[name] ?? {};
    process.stdout.write(`${name}\n  ${methods.join(', ')} ${path}\n  ${source}\n`);
    process.stdout.write(`  ${tests.length} tests; statuses ${[...statuses].sort().join(', ')}\n`);
    process.stdout.write(
      `  versions ${VERSIONS.filter((version) => versions.includes(version)).join(', ')}\n`,
    );
    if (errors.length > 0) process.stdout.write(`  errors ${errors.join(', ')}\n`);
    if (tests.length === 0) holes.push(`${name} has no test`);
    for (const error of errors) if (!met.includes(error)) holes.push(`${name} never answered ${error}`);
    const missing = VERSIONS.filter((version) => !versions.includes(version));
    if (missing.length > 0) holes.push(`${name} was never asked with version ${missing.join(', ')}`);
  }
}

for (const hole of holes) process.stdout.write(`hole: ${hole}\n`);
process.stdout.write(`${holes.length === 0 ? 'no hole' : `${holes.length} holes`}\n`);
process.exitCode = holes.length === 0 ? 0 : 1;
