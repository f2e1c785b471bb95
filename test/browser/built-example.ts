import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Folder } from '../cli/folder.ts';
import { installOrSkip } from '../clients/install-or-skip.ts';

/** Build and install output, which is not copied. */
const GENERATED = ['node_modules', 'dist', 'public'];

const run = (folder: string, ...parameters: readonly string[]): string =>
  execFileSync('npm', parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

export interface BuiltExample {
  /** The copy, with its dependencies installed. */
  readonly folder: string;
  /** Folder of the built static files. */
  readonly site: string;
  remove(): void;
}

/** Copies an example to a temporary folder and builds it against the packed tarball, as users of the package do. */
export function buildExample(context: Mocha.Context, name: string): BuiltExample {
  const parent = new Folder();
  const folder = parent.file(name);
  cpSync(`examples/${name}`, folder, {
    recursive: true,
    filter: (path) => !GENERATED.includes(basename(path)),
  });
  // Without scripts: `prepack` would build the package again.
  const tarball = run('.', 'pack', '--silent', '--ignore-scripts', '--pack-destination', parent.path).trim();
  const manifest = resolve(folder, 'package.json');
  const content = JSON.parse(readFileSync(manifest, 'utf8'));
  content.dependencies.crabapple = `file:../${tarball}`;
  writeFileSync(manifest, JSON.stringify(content));
  installOrSkip(context, `examples/${name}`, () =>
    run(folder, 'install', '--ignore-scripts', '--prefer-offline'),
  );
  run(folder, 'run', 'build');
  return { folder, site: resolve(folder, 'dist'), remove: () => parent.remove() };
}
