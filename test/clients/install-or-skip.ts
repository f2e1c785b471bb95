const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError/;

/** Leaves the tests of a suite pending where nobody can be asked for a client; any other failure is one. */
export function installOrSkip(context: Mocha.Context, client: string, install: () => void): void {
  try {
    install();
  } catch (error) {
    const { message, stderr = '' } = error as Error & { readonly stderr?: Buffer | string };
    if (!UNREACHABLE.test(`${message} ${stderr}`)) throw error;
    console.log(`${client}: SKIPPED, its registry cannot be reached`);
    context.skip();
  }
}
