const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError/;

/** Installs a client. Skips the tests of a suite if the package registry cannot be reached; other errors are thrown. */
export function installOrSkip(context: Mocha.Context, client: string, install: () => void): void {
  try {
    install();
  } catch (error) {
    const { message, stderr = '' } = error as Error & { readonly stderr?: Buffer | string };
    if (!UNREACHABLE.test(`${message} ${stderr}`)) throw error;
    console.log(`${client}: SKIPPED, its package registry cannot be reached`);
    context.skip();
  }
}
