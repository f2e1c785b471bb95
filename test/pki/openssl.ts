import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs the openssl of this machine in a temporary folder. Keys are generated at test time. */
export class OpensslFolder {
  readonly #path = mkdtempSync(join(tmpdir(), 'crabapple-pki-'));

  run(commandLine: string): Buffer {
    return this.runWith(commandLine.split(' '));
  }

  runWith(parameters: readonly string[]): Buffer {
    return execFileSync('openssl', parameters, { cwd: this.#path, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** For what openssl prints to standard error. */
  spawn(commandLine: string): { readonly stderr: string } {
    return spawnSync('openssl', commandLine.split(' '), { cwd: this.#path, encoding: 'utf8' });
  }

  read(file: string): Buffer {
    return readFileSync(join(this.#path, file));
  }

  text(file: string): string {
    return this.read(file).toString();
  }

  write(file: string, content: string | Uint8Array): void {
    writeFileSync(join(this.#path, file), content);
  }

  /** The elements of a DER or BER file as `openssl asn1parse` prints them. */
  elements(file: string): Asn1Element[] {
    const bytes = this.read(file);
    return [...this.run(`asn1parse -inform DER -in ${file}`).toString().matchAll(ELEMENT_LINE)].map(
      (match) => {
        const [, offset, depth, header, length, form, description = ''] = match;
        const end = Number(offset) + Number(header) + Number(length);
        const element = { depth: Number(depth), indefinite: length === 'inf', constructed: form === 'cons' };
        return { ...element, tag: description, bytes: bytes.subarray(Number(offset), end) };
      },
    );
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }
}

export interface Asn1Element {
  readonly depth: number;
  readonly indefinite: boolean;
  readonly constructed: boolean;
  readonly tag: string;
  /** Header and content; meaningless for an indefinite length. */
  readonly bytes: Uint8Array;
}

const ELEMENT_LINE =
  /^ *(\d+):d=(\d+) +hl=(\d+) +l= *(\d+|inf) +(prim|cons): +([^:\n]*?) *(?:\[HEX DUMP\])?(?::.*)?$/gm;
