import { ChildProgram } from './child-program.ts';
import type { Push, PushResult, PushSession } from './push-client.ts';

/** Milliseconds for one push, including retries. */
const TIMEOUT = 30_000;

/** A program that wraps a push client: reads one push per line, writes one result per line. */
export class PushProgram implements PushSession {
  readonly #program: ChildProgram;

  constructor(
    name: string,
    command: string,
    parameters: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    this.#program = new ChildProgram(name, command, parameters, {
      withoutVariables: 'CRABAPPLE_',
      variables: environment,
      interactive: true,
    });
  }

  get output(): string {
    return this.#program.output;
  }

  async send(push: Push): Promise<PushResult> {
    return JSON.parse(await this.#program.request(JSON.stringify(push), TIMEOUT)) as PushResult;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}
