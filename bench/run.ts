import { cpus, platform, release } from 'node:os';
import { COMPARISONS } from './comparisons.ts';
import { type Comparison, type Figure, Skipped } from './harness/comparison.ts';
import { installPeers } from './harness/peers.ts';
import { tableOf } from './harness/table.ts';

const USAGE = `npm run bench [-- [--quick] NAME...]

--quick        few and short rounds: to see that everything runs, not to compare
${COMPARISONS.map(({ name, about }) => `${name.padEnd(15)}${about}`).join('\n')}
`;

const parameters = process.argv.slice(2);
const quick = parameters.includes('--quick');
const names = parameters.filter((parameter) => parameter !== '--quick');
const unknown = names.filter((name) => !COMPARISONS.some((comparison) => comparison.name === name));

async function figuresOf(comparison: Comparison): Promise<readonly Figure[] | undefined> {
  process.stdout.write(`\n${comparison.name}: ${comparison.about}\n`);
  try {
    const figures = await comparison.run({ quick });
    process.stdout.write(tableOf(figures));
    return figures;
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    process.stdout.write(`skipped: ${error.message}\n`);
    return undefined;
  }
}

async function main(): Promise<void> {
  installPeers();
  const [processor] = cpus();
  process.stdout.write(
    `Node ${process.version}, ${platform()} ${release()}, ${cpus().length} x ${processor?.model ?? 'unknown'}\n`,
  );
  const chosen = COMPARISONS.filter(({ name }) => names.length === 0 || names.includes(name));
  const figures: Figure[] = [];
  let skipped = 0;
  for (const comparison of chosen) {
    const found = await figuresOf(comparison);
    if (found === undefined) skipped += 1;
    else figures.push(...found);
  }
  process.stdout.write(
    `\n${tableOf(figures)}\n${chosen.length - skipped} comparisons run, ${skipped} skipped\n`,
  );
}

if (parameters.includes('--help')) process.stdout.write(USAGE);
else if (unknown.length > 0) {
  process.stderr.write(`no comparison is named ${unknown.join(', ')}\n\n${USAGE}`);
  process.exitCode = 2;
} else await main();
