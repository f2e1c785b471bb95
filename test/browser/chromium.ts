import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian's package puts it. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Headless Chromium; leaves the tests of a suite pending where there is none. */
export async function launchOrSkip(context: Mocha.Context): Promise<Browser> {
  try {
    accessSync(CHROMIUM, constants.X_OK);
  } catch {
    console.log(`in the browser: SKIPPED, there is no ${CHROMIUM}; CHROMIUM= names another one`);
    context.skip();
  }
  // Root, as in most containers, cannot have the sandbox. Pages come from this machine alone.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [...sandbox, '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}
