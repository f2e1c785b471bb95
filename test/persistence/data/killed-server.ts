import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const COMMAND = resolve('build/src/cli/main.js');

/** `crabapple serve --data` as its own process, which is killed and never shut down. */
export class KilledServer {
  readonly url: string;
  /** What its log said besides. */
  readonly notices: readonly string[];
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;

  private constructor(
    url: string,
    notices: readonly string[],
    child: ChildProcess,
    closed: Promise<unknown>,
  ) {
    this.url = url;
    this.notices = notices;
    this.#child = child;
    this.#closed = closed;
  }

  /** @param files none where the folder knows what to serve */
  static async start(folder: string, files: readonly string[]): Promise<KilledServer> {
    const parameters = [
      'serve',
      ...files,
      '--data',
      folder,
      '--port',
      '0',
      '--tls-port',
      'off',
      '--log-format',
      'json',
    ];
    const child = spawn(process.execPath, [COMMAND, ...parameters], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CRABAPPLE_'))),
    });
    const leaveNothingBehind = (): void => void child.kill('SIGKILL');
    process.once('exit', leaveNothingBehind);
    const closed = once(child, 'close').finally(() => process.off('exit', leaveNothingBehind));
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString('utf8');
    });
    const notices: string[] = [];
    const lines = createInterface({ input: child.stdout });
    const url = await new Promise<string>((found, lost) => {
      lines.on('line', (line) => {
        const entry = JSON.parse(line) as { msg: string; url?: string; level: number };
        if (entry.msg === 'listening') found(entry.url!);
        else if (entry.level >= 40 && entry.msg !== 'request failed') notices.push(entry.msg);
      });
      child.once('close', () => lost(new Error(`the server did not start; it wrote:\n${complaints}`)));
    });
    return new KilledServer(url, notices, child, closed);
  }

  /** At once, whatever it is about. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }
}
