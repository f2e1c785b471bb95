// Runs the commands of documents as a stranger would: in a fresh clone, block after block, in one folder.
// ```sh blocks must end with 0; ```sh serve blocks go on in the background until the document ends.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HEALTH = 'http://127.0.0.1:8990/_crabapple/health';
const BLOCK = /^```sh( serve)?\n([\s\S]*?)^```$/gm;
const RUN_ALREADY = process.env.RUN_ALREADY ?? '';

const folder = mkdtempSync(join(tmpdir(), 'crabapple-documents-'));
const clone = join(folder, 'crabapple');
const running = [];
let failed = 0;
let passed = 0;

async function healthy() {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    try {
      if ((await fetch(HEALTH)).ok) return true;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** The block runs in a process group of its own, so that npm's children end with it. */
function stop(child) {
  return new Promise((resolve) => {
    // One that a signal ended has no exit code.
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    process.kill(-child.pid, 'SIGTERM');
  });
}

try {
  execFileSync('git', ['clone', '--quiet', process.cwd(), clone]);
  for (const document of process.argv.slice(2)) {
    for (const [, serve, commands] of readFileSync(document, 'utf8').matchAll(BLOCK)) {
      process.stdout.write(`-- ${document}${serve ?? ''}\n${commands}`);
      if (commands.trim() === RUN_ALREADY) {
        process.stdout.write('-- was run already\n');
        continue;
      }
      let good;
      if (serve) {
        const child = spawn('bash', ['-euc', commands], { cwd: clone, detached: true, stdio: 'inherit' });
        running.push(child);
        good = await healthy();
      } else {
        good = spawnSync('bash', ['-euc', commands], { cwd: clone, stdio: 'inherit' }).status === 0;
      }
      if (good) passed += 1;
      else failed += 1;
      if (!good) process.stdout.write('-- failed\n');
    }
    for (const child of running.splice(0)) await stop(child);
  }
} finally {
  for (const child of running) await stop(child);
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`blocks of the documents: ${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
