import { soak } from './soak.ts';

/** `npm run soak [-- SECONDS]`. Default: 120 seconds. Exits with 1 if memory grew after the first half. */
const seconds = Number(process.argv[2] ?? 120);

/** Memory that garbage collection may leave. */
const SLACK_MEGABYTES = 40;

const { counts, memory, lastPush, end } = await soak(seconds * 1000, 12);
for (const [what, count] of [...counts].sort(([one], [other]) => (one < other ? -1 : 1)))
  console.log(`${String(count).padStart(9)}  ${what}`);
console.log(`resident memory in MB: ${memory.join(' ') || 'not available on this system'}`);
console.log(`push after the run: ${lastPush}; exit code of the server: ${end}`);

const half = memory.slice(0, memory.length / 2);
const grown = memory.length === 0 ? 0 : memory.at(-1)! - Math.max(...half);
console.log(`growth after the first half: ${grown} MB`);
if (lastPush !== 200 || end !== 0 || grown > SLACK_MEGABYTES) process.exitCode = 1;
