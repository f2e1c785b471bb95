import { execFileSync } from 'node:child_process';

/** Version of the Go that the path leads to; undefined where there is none. */
export function installedGo(): string | undefined {
  try {
    return runGo(['env', 'GOVERSION']).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Long enough for a first build, modules downloaded. */
const BOUND = 240_000;

export function runGo(parameters: readonly string[], folder?: string): string {
  return execFileSync('go', parameters, {
    cwd: folder,
    encoding: 'utf8',
    // A workspace of whoever runs this would have its own say about versions.
    env: { ...process.env, GOWORK: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: BOUND,
  });
}

/** Leaves the tests of a suite pending, and says so, where a Go client cannot be built. */
export function skipWithoutGo(context: Mocha.Context, client: string): void {
  if (installedGo() !== undefined) return;
  console.log(`${client}: SKIPPED, Go is not installed`);
  context.skip();
}
