import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  type Authority,
  AuthorityError,
  type AuthorityFiles,
  createAuthority,
  readAuthority,
} from './authority.ts';
import type { Validity } from './write-certificate.ts';

export const CERTIFICATE_FILE = 'ca.pem';
const KEY_FILE = 'ca-key.pem';

const draftOf = (file: string): string => `${file}.new`;

/**
 * The authority kept in a folder, made there the first time. What clients were told to trust goes on being trusted.
 * @throws AuthorityError where the files are there and cannot be used
 */
export function loadAuthority(folder: string, validity: Validity): Authority {
  const files = { certificate: join(folder, CERTIFICATE_FILE), key: join(folder, KEY_FILE) };
  finishWriting(files);
  const certificatePem = readIfThere(files.certificate);
  const keyPem = readIfThere(files.key);
  if (certificatePem === undefined && keyPem === undefined) {
    const authority = createAuthority(validity);
    mkdirSync(folder, { recursive: true });
    writeBoth(folder, files, authority);
    return authority;
  }
  if (certificatePem === undefined || keyPem === undefined) {
    const missing = certificatePem === undefined ? files.certificate : files.key;
    throw new AuthorityError(
      `${missing} is missing, its counterpart is there: put it back, or delete both for a new authority`,
    );
  }
  return readAuthority(certificatePem, keyPem, files);
}

/** Both are whole, under names of their own and safe from a loss of power, before either has its name. */
function writeBoth(folder: string, { certificate, key }: AuthorityFiles, authority: Authority): void {
  const keyPem = authority.key.export({ type: 'pkcs8', format: 'pem' }) as string;
  writeDraft(key, keyPem, 0o600);
  writeDraft(certificate, authority.certificatePem, 0o666);
  syncFolder(folder);
  renameSync(draftOf(key), key);
  renameSync(draftOf(certificate), certificate);
  syncFolder(folder);
}

/** Where a server was killed between the two names, the other one is waiting. */
function finishWriting({ certificate, key }: AuthorityFiles): void {
  for (const [there, missing] of [
    [key, certificate],
    [certificate, key],
  ] as const) {
    if (existsSync(there) && !existsSync(missing) && existsSync(draftOf(missing)))
      renameSync(draftOf(missing), missing);
  }
}

function writeDraft(file: string, text: string, mode: number): void {
  writeFileSync(draftOf(file), text, { mode });
  sync(draftOf(file), 'r+');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(folder: string): void {
  try {
    sync(folder, 'r');
  } catch {
    // Not every system opens folders.
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AuthorityError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
