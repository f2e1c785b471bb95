import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The path of Debian's package by default. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Launches headless Chromium. Skips the tests of a suite, with a message, if it is not installed. */
export async function launchOrSkip(context: Mocha.Context): Promise<Browser> {
  try {
    accessSync(CHROMIUM, constants.X_OK);
  } catch {
    console.log(`browser tests: SKIPPED, ${CHROMIUM} does not exist; set CHROMIUM to the path of Chromium`);
    context.skip();
  }
  // The sandbox does not work for root, the user of most containers. All pages are local.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [...sandbox, '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}
