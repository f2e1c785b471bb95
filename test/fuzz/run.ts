import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

/** `npm run fuzz [-- --requests 1000000 --seed N]`. Exits with 1 if a request failed or memory grew. */
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});

/** Megabytes by which the second half may exceed the first: compiled code, tables that have grown once. */
const SLACK = 30;

const started = Date.now();
const { counts, failures, memory } = await fuzz(Number(values.requests), Number(values.seed));
for (const [outcome, count] of [...counts].sort(([one], [other]) => (one < other ? -1 : 1)))
  console.log(`${String(count).padStart(9)}  ${outcome}`);
const half = Math.ceil(memory.length / 2);
const growth = memory.length < 2 ? 0 : Math.max(...memory.slice(half)) - Math.max(...memory.slice(0, half));
console.log(`heap in MB after each part: ${memory.join(' ')}`);
console.log(`growth in the second half: ${growth} MB`);
console.log(
  `${values.requests} requests, seed ${values.seed}, ${Math.round((Date.now() - started) / 1000)} s`,
);
for (const failure of failures) console.error(failure);
if (failures.length > 0 || growth > SLACK) process.exitCode = 1;
