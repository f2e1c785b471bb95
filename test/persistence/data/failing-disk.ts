import { basename, dirname } from 'node:path';
import type { Disk } from '../../../src/persistence/data/disk.ts';

/** What happened to a file or folder since it was last synchronized. */
type Pending =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly size: number };

interface FileNode {
  readonly kind: 'file';
  mode: number;
  bytes: Buffer;
  safe: Buffer;
  pending: Pending[];
}

interface FolderNode {
  readonly kind: 'folder';
  readonly mode: number;
  readonly entries: Map<string, Node>;
  readonly safe: Map<string, Node>;
  /** Each alters one or several names at once. */
  pending: (readonly (readonly [name: string, node: Node | undefined])[])[];
}

type Node = FileNode | FolderNode;

/** Says of each thing that was not synchronized whether it outlives the loss of power. */
export type Luck = () => boolean;

const BLOCK = 512;

const folderNode = (): FolderNode => ({
  kind: 'folder',
  mode: 0o700,
  entries: new Map(),
  safe: new Map(),
  pending: [],
});

function failure(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

class PowerCut extends Error {}

function written(bytes: Buffer, at: number, data: Buffer): Buffer {
  const grown = Buffer.alloc(Math.max(bytes.length, at + data.length));
  bytes.copy(grown);
  data.copy(grown, at);
  return grown;
}

function truncated(bytes: Buffer, size: number): Buffer {
  const cut = Buffer.alloc(size);
  bytes.copy(cut);
  return cut;
}

/** Of a write, any of its blocks may have come, in any order; where a later one came, zeros stand for the others. */
function partlyWritten(bytes: Buffer, { at, bytes: data }: Extract<Pending, { kind: 'write' }>, luck: Luck) {
  let result = bytes;
  for (let from = 0; from < data.length; ) {
    const to = Math.min(data.length, from + BLOCK - ((at + from) % BLOCK));
    if (luck()) result = written(result, at + from, data.subarray(from, to));
    from = to;
  }
  // Its new length may have come without what was to stand there.
  return luck() ? truncated(result, Math.max(result.length, at + data.length)) : result;
}

function survivor(node: Node, luck: Luck, seen: Map<Node, Node>): Node {
  const known = seen.get(node);
  if (known !== undefined) return known;
  if (node.kind === 'file') {
    let bytes = node.safe;
    for (const step of node.pending) {
      if (step.kind === 'write') bytes = partlyWritten(bytes, step, luck);
      else if (luck()) bytes = truncated(bytes, step.size);
    }
    const file: FileNode = { kind: 'file', mode: node.mode, bytes, safe: bytes, pending: [] };
    seen.set(node, file);
    return file;
  }
  const names = new Map(node.safe);
  for (const step of node.pending) {
    if (!luck()) continue;
    for (const [name, entry] of step) {
      if (entry === undefined) names.delete(name);
      else names.set(name, entry);
    }
  }
  const folder = folderNode();
  seen.set(node, folder);
  for (const [name, entry] of names) {
    const kept = survivor(entry, luck, seen);
    folder.entries.set(name, kept);
    folder.safe.set(name, kept);
  }
  return folder;
}

/**
 * A disk in memory whose power fails after so many calls. What is left then is what was synchronized, files and
 * names apart, and of the rest whatever luck has it: whole blocks, in any order, lengths without content.
 */
export class FailingDisk implements Disk {
  readonly #root: FolderNode;
  readonly #open = new Map<number, Node>();
  #descriptors = 10;
  #left: number;
  #calls = 0;
  #goes: () => void = () => {};
  /** Resolves when the power fails. */
  readonly gone = new Promise<void>((resolve) => {
    this.#goes = resolve;
  });

  constructor(left = Number.POSITIVE_INFINITY, root: FolderNode = folderNode()) {
    this.#left = left;
    this.#root = root;
  }

  get calls(): number {
    return this.#calls;
  }

  get failed(): boolean {
    return this.#left < 0;
  }

  /** The power comes back. */
  afterCut(luck: Luck): FailingDisk {
    return new FailingDisk(Number.POSITIVE_INFINITY, survivor(this.#root, luck, new Map()) as FolderNode);
  }

  #call(): void {
    this.#left -= 1;
    if (this.failed) {
      this.#goes();
      throw new PowerCut();
    }
    this.#calls += 1;
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.#root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      if (node?.kind !== 'folder') return undefined;
      node = node.entries.get(name);
    }
    return node;
  }

  #folder(path: string): FolderNode {
    const node = this.#find(path);
    if (node?.kind !== 'folder') throw failure('ENOENT', path);
    return node;
  }

  #file(path: string): FileNode {
    const node = this.#find(path);
    if (node?.kind !== 'file') throw failure('ENOENT', path);
    return node;
  }

  #opened(descriptor: number): Node {
    const node = this.#open.get(descriptor);
    if (node === undefined) throw failure('EBADF', String(descriptor));
    return node;
  }

  #alter(folder: FolderNode, names: readonly (readonly [string, Node | undefined])[]): void {
    for (const [name, node] of names) {
      if (node === undefined) folder.entries.delete(name);
      else folder.entries.set(name, node);
    }
    folder.pending.push(names);
  }

  #makeFile(path: string, mode: number): FileNode {
    const file: FileNode = {
      kind: 'file',
      mode,
      bytes: Buffer.alloc(0),
      safe: Buffer.alloc(0),
      pending: [],
    };
    this.#alter(this.#folder(dirname(path)), [[basename(path), file]]);
    return file;
  }

  #write(file: FileNode, at: number, bytes: Buffer): void {
    file.bytes = written(file.bytes, at, bytes);
    file.pending.push({ kind: 'write', at, bytes });
  }

  #truncate(file: FileNode, size: number): void {
    file.bytes = truncated(file.bytes, size);
    file.pending.push({ kind: 'truncate', size });
  }

  accessSync(): void {}

  chmodSync(path: string, mode: number): void {
    this.#call();
    this.#file(path).mode = mode;
  }

  closeSync(descriptor: number): void {
    this.#open.delete(descriptor);
  }

  fsyncSync(descriptor: number): void {
    this.#call();
    const node = this.#opened(descriptor);
    if (node.kind === 'file') node.safe = node.bytes;
    else {
      node.safe.clear();
      for (const [name, entry] of node.entries) node.safe.set(name, entry);
    }
    node.pending = [];
  }

  /** What is written while it is under way is not a part of it. */
  fdatasync(descriptor: number, done: (error: NodeJS.ErrnoException | null) => void): void {
    this.#call();
    const node = this.#opened(descriptor) as FileNode;
    const { bytes } = node;
    const { length } = node.pending;
    setImmediate(() => {
      if (this.failed) return;
      node.safe = bytes;
      node.pending.splice(0, length);
      done(null);
    });
  }

  ftruncateSync(descriptor: number, size: number): void {
    this.#call();
    this.#truncate(this.#opened(descriptor) as FileNode, size);
  }

  mkdirSync(path: string): void {
    this.#call();
    this.#alter(this.#folder(dirname(path)), [[basename(path), folderNode()]]);
  }

  openSync(path: string, flags: string, mode = 0o600): number {
    this.#call();
    let node = this.#find(path);
    if (node === undefined) {
      if (flags !== 'w') throw failure('ENOENT', path);
      node = this.#makeFile(path, mode);
    } else if (flags === 'w') this.#truncate(node as FileNode, 0);
    this.#descriptors += 1;
    this.#open.set(this.#descriptors, node);
    return this.#descriptors;
  }

  readdirSync(path: string): string[] {
    return [...this.#folder(path).entries.keys()];
  }

  readFileSync(path: string): Buffer {
    return Buffer.from(this.#file(path).bytes);
  }

  renameSync(from: string, to: string): void {
    this.#call();
    const node = this.#find(from);
    if (node === undefined) throw failure('ENOENT', from);
    this.#alter(this.#folder(dirname(to)), [
      [basename(from), undefined],
      [basename(to), node],
    ]);
  }

  rmSync(path: string): void {
    this.#call();
    if (this.#find(path) === undefined) return;
    this.#alter(this.#folder(dirname(path)), [[basename(path), undefined]]);
  }

  statSync(path: string): { readonly mode: number; isDirectory(): boolean } {
    const node = this.#find(path);
    if (node === undefined) throw failure('ENOENT', path);
    return { mode: node.mode, isDirectory: () => node.kind === 'folder' };
  }

  writeFileSync(
    path: string,
    data: string | Uint8Array,
    { mode, flag }: { readonly mode: number; readonly flag?: string },
  ): void {
    this.#call();
    const known = this.#find(path);
    if (known !== undefined && flag === 'wx') throw failure('EEXIST', path);
    const file = (known as FileNode | undefined) ?? this.#makeFile(path, mode);
    this.#truncate(file, 0);
    this.#write(file, 0, Buffer.from(data));
  }

  writeSync(
    descriptor: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): number {
    this.#call();
    const file = this.#opened(descriptor) as FileNode;
    this.#write(file, position ?? file.bytes.length, Buffer.from(bytes.subarray(offset, offset + length)));
    return length;
  }
}
