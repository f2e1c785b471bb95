import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramEnd } from './child-program.ts';
import { CrabappleServer } from './crabapple-server.ts';
import { Depserver, type DepserverAnswer } from './depserver.ts';
import { type SyncRun, syncOnce } from './depsyncer.ts';
import { type NanodepPrograms, nanodepPrograms } from './nanodep-programs.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

/** An unmodified nanodep before a `crabapple serve` of one scenario. */
export class NanodepStory {
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

  /** @param variables of depserver, made of where Apple is found */
  static async start(
    scenario: string,
    variables: (apple: CrabappleServer) => Readonly<Record<string, string>> = () => ({}),
  ): Promise<NanodepStory> {
    const programs = nanodepPrograms();
    const apple = await CrabappleServer.start(scenario);
    try {
      const storage = join(apple.folder, 'nanodep');
      mkdirSync(storage);
      const depserver = await Depserver.start(programs.depserver, storage, variables(apple));
      return new NanodepStory(programs, apple, storage, depserver, await WebhookReceiver.start());
    } catch (error) {
      await apple.stop();
      throw error;
    }
  }

  /** For a test that failed. */
  get outputs(): string {
    return `crabapple serve wrote:\n${this.apple.output}\ndepserver wrote:\n${this.depserver.output}`;
  }

  async pointAtApple(depName: string, url: string = this.apple.url): Promise<void> {
    const answer = await this.depserver.ask('PUT', `/v1/config/${depName}`, { base_url: `${url}/` });
    if (answer.status !== 200) throw new Error(`no base_url for ${depName}: ${answer.text}`);
  }

  /** Asks Apple through nanodep's proxy, which signs in by itself. */
  proxy(depName: string, method: string, path: string, content?: object): Promise<DepserverAnswer> {
    return this.depserver.ask(method, `/proxy/${depName}${path}`, content);
  }

  /** Exchanges keys with the portal as an administrator does by hand. */
  async exchangeToken(depName: string, mdmServer: string): Promise<DepserverAnswer> {
    const certificate = await this.depserver.ask('GET', `/v1/tokenpki/${depName}`);
    const envelope = await this.apple.control.serverTokenFile(mdmServer, certificate.text);
    return this.depserver.ask('PUT', `/v1/tokenpki/${depName}`, envelope);
  }

  /** One run of depsyncer from the cursor that the last one stored. */
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

  /** @returns how `crabapple serve` ended */
  async stop(): Promise<ProgramEnd> {
    await Promise.all([this.#webhook.stop(), this.depserver.stop()]);
    return this.apple.stop();
  }
}
