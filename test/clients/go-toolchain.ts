import { execFileSync } from 'node:child_process';

/** Version of the `go` on the PATH; undefined if there is none. */
export function installedGo(): string | undefined {
  try {
    return runGo(['env', 'GOVERSION']).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Enough for a first build that downloads modules. */
const TIMEOUT = 240_000;

export function runGo(parameters: readonly string[], folder?: string): string {
  return execFileSync('go', parameters, {
    cwd: folder,
    encoding: 'utf8',
    // A go.work of the user could change the versions.
    env: { ...process.env, GOWORK: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT,
  });
}

/** Skips the tests of a suite, with a message, if Go is not installed. */
export function skipWithoutGo(context: Mocha.Context, client: string): void {
  if (installedGo() !== undefined) return;
  console.log(`${client}: SKIPPED, Go is not installed`);
  context.skip();
}
