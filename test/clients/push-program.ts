import { ChildProgram } from './child-program.ts';
import type { Push, PushAnswer, PushSession } from './push-client.ts';

/** How long a client may take over one push, its retries included. */
const BOUND = 30_000;

/** A program around a push client: a push a line to its standard input, an answer a line from its standard output. */
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
      talking: true,
    });
  }

  get output(): string {
    return this.#program.output;
  }

  async send(push: Push): Promise<PushAnswer> {
    return JSON.parse(await this.#program.ask(JSON.stringify(push), BOUND)) as PushAnswer;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}
