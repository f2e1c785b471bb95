import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For the files by which programs are told what to serve; gone with its scope. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'crabapple-bench-'));

  write(name: string, content: string): string {
    const file = join(this.path, name);
    writeFileSync(file, content);
    return file;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
