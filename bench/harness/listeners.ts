import { resolve } from 'node:path';
import { ChildProgram } from '../../test/clients/child-program.ts';
import { TemporaryFolder } from './temporary-folder.ts';

const PROGRAM = resolve('build/bench/load/listen.js');
const CONNECT_TIMEOUT = 60_000;

/** Many devices that listen for pushes, in a process of their own. */
export class Listeners {
  readonly #program: ChildProgram;

  private constructor(program: ChildProgram) {
    this.#program = program;
  }

  /** Resolves when all have a response. */
  static async connect(url: string, tokens: readonly string[]): Promise<Listeners> {
    using folder = new TemporaryFolder();
    const file = folder.write('tokens.json', JSON.stringify(tokens));
    const program = new ChildProgram('listeners', process.execPath, [PROGRAM, new URL(url).port, file], {
      withoutVariables: 'CRABAPPLE_',
    });
    const listening = async (): Promise<true | undefined> =>
      program.output.includes('listening') ? true : undefined;
    try {
      await program.waitFor(listening, CONNECT_TIMEOUT);
      return new Listeners(program);
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.stop();
  }
}
