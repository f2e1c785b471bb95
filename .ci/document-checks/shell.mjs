// Runs the commands of the pages as a new user would: in a fresh clone, block after block, in one folder.
import { spawn } from 'node:child_process';

const HEALTH = 'http://127.0.0.1:8990/_crabapple/health';

async function isServed() {
  try {
    return (await fetch(HEALTH)).ok;
  } catch {
    return false;
  }
}

async function healthy() {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (await isServed()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** The block runs in a process group of its own: npm's children end with it. */
function stop(child) {
  return new Promise((resolve) => {
    // A process ended by a signal has no exit code.
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    process.kill(-child.pid, 'SIGTERM');
  });
}

export class Shell {
  #folder;
  #running = [];

  constructor(folder) {
    this.#folder = folder;
  }

  /** Starts a server that runs until `stop`. */
  async serve(commands) {
    if (await isServed()) return 'cannot be checked: another server already listens on port 8990';
    this.#running.push(
      spawn('bash', ['-euc', commands], { cwd: this.#folder, detached: true, stdio: 'inherit' }),
    );
    return (await healthy()) ? undefined : 'does not serve';
  }

  /** Prints and keeps both outputs. */
  run(commands) {
    return new Promise((resolve) => {
      const child = spawn('bash', ['-euc', commands], {
        cwd: this.#folder,
        stdio: ['inherit', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          output += text;
          process.stdout.write(text);
        });
      }
      child.once('close', (code) =>
        resolve({ output, problem: code === 0 ? undefined : `ended with ${code}` }),
      );
    });
  }

  async stop() {
    for (const child of this.#running.splice(0)) await stop(child);
  }
}
