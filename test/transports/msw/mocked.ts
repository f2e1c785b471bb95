import { type SetupServer, setupServer } from 'msw/node';

/** Runs MSW in this process until it is disposed of. */
export class Mocked implements Disposable {
  readonly server: SetupServer;
  /** URLs of unhandled requests. */
  readonly unhandled: string[] = [];

  constructor(...handlers: Parameters<typeof setupServer>) {
    this.server = setupServer(...handlers);
    const onUnhandled = ({ url }: { url: string }): void => {
      this.unhandled.push(url);
    };
    const options = {
      onUnhandledRequest: onUnhandled,
      // The name of the option in MSW 3.
      onUnhandledFrame: ({ frame }: { frame: { data: unknown } }): void =>
        onUnhandled((frame.data as { request: Request }).request),
    };
    this.server.listen(options);
  }

  [Symbol.dispose](): void {
    this.server.close();
  }
}
