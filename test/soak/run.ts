import { soak } from './soak.ts';

/** `npm run soak [-- SECONDS]`: 120 seconds by default. Exits with 1 if memory grew after the first half. */
const seconds = Number(process.argv[2] ?? 120);

/** Growth that garbage not yet collected can explain. */
const SLACK_MEGABYTES = 40;

const { counts, memory, lastPush, exit } = await soak(seconds * 1000, 12);
for (const [event, count] of [...counts].sort(([one], [other]) => (one < other ? -1 : 1)))
  console.log(`${String(count).padStart(9)}  ${event}`);
console.log(`resident memory in MB: ${memory.join(' ') || 'not available on this system'}`);
console.log(`a push afterward: ${lastPush}; the server exited with ${exit}`);

const half = memory.slice(0, memory.length / 2);
const growth = memory.length === 0 ? 0 : memory.at(-1)! - Math.max(...half);
console.log(`growth after the first half: ${growth} MB`);
if (lastPush !== 200 || exit !== 0 || growth > SLACK_MEGABYTES) process.exitCode = 1;
