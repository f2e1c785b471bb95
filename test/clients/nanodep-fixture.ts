import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramExit } from './child-program.ts';
import { CrabappleServer } from './crabapple-server.ts';
import { Depserver, type DepserverResponse } from './depserver.ts';
import { type SyncRun, syncOnce } from './depsyncer.ts';
import { type NanodepPrograms, nanodepPrograms } from './nanodep-programs.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

/** An unmodified nanodep with a `crabapple serve` of one scenario. */
export class NanodepFixture {
  readonly apple: CrabappleServer;
  readonly depserver: Depserver;
  readonly #programs: NanodepPrograms;
  readonly #storage: string;
  readonly #webhook: WebhookReceiver;

  private constructor(
    programs: NanodepPrograms,
    apple: CrabappleServer,
    storage: string,
    depserver: Depserver,
    webhook: WebhookReceiver,
  ) {
    this.apple = apple;
    this.depserver = depserver;
    this.#programs = programs;
    this.#storage = storage;
    this.#webhook = webhook;
  }

  /** @param variables environment of depserver, given the addresses of the server */
  static async start(
    scenario: string,
    variables: (apple: CrabappleServer) => Readonly<Record<string, string>> = () => ({}),
  ): Promise<NanodepFixture> {
    const programs = nanodepPrograms();
    const apple = await CrabappleServer.start(scenario);
    try {
      const storage = join(apple.folder, 'nanodep');
      mkdirSync(storage);
      const depserver = await Depserver.start(programs.depserver, storage, variables(apple));
      return new NanodepFixture(programs, apple, storage, depserver, await WebhookReceiver.start());
    } catch (error) {
      await apple.stop();
      throw error;
    }
  }

  /** Output of both programs, for failed tests. */
  get outputs(): string {
    return `crabapple serve wrote:\n${this.apple.output}\ndepserver wrote:\n${this.depserver.output}`;
  }

  async setBaseUrl(depName: string, url: string = this.apple.url): Promise<void> {
    const response = await this.depserver.request('PUT', `/v1/config/${depName}`, { base_url: `${url}/` });
    if (response.status !== 200) throw new Error(`base_url of ${depName} was not stored: ${response.text}`);
  }

  /** Sends a request to Apple through nanodep's proxy, which opens the session. */
  proxy(depName: string, method: string, path: string, content?: object): Promise<DepserverResponse> {
    return this.depserver.request(method, `/proxy/${depName}${path}`, content);
  }

  /** Downloads a server token for nanodep's certificate and uploads it to nanodep, as an administrator does. */
  async exchangeToken(depName: string, mdmServer: string): Promise<DepserverResponse> {
    const certificate = await this.depserver.request('GET', `/v1/tokenpki/${depName}`);
    const envelope = await this.apple.control.serverTokenFile(mdmServer, certificate.text);
    return this.depserver.request('PUT', `/v1/tokenpki/${depName}`, envelope);
  }

  /** One run of depsyncer from its stored cursor. */
  sync(depName: string, limit?: number): Promise<SyncRun> {
    return syncOnce({
      executable: this.#programs.depsyncer,
      storage: this.#storage,
      depName,
      ...(limit === undefined ? {} : { limit }),
      control: this.apple.control,
      webhook: this.#webhook,
    });
  }

  /** @returns the exit of `crabapple serve` */
  async stop(): Promise<ProgramExit> {
    await Promise.all([this.#webhook.stop(), this.depserver.stop()]);
    return this.apple.stop();
  }
}
