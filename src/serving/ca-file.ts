import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CaFile {
  readonly path: string;
  remove(): void;
}

/** The certificate of an authority as a file, for programs that are told to trust it; gone when the process is. */
export function writeCaFile(certificatePem: string): CaFile {
  const folder = mkdtempSync(join(tmpdir(), 'crabapple-'));
  const path = join(folder, 'ca.pem');
  writeFileSync(path, certificatePem, { mode: 0o600 });
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return { path, remove };
}
