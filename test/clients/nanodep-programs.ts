import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installedGo, runGo } from './go-toolchain.ts';

const MODULE = 'github.com/micromdm/nanodep';
const MODULE_FOLDER = resolve('test/clients/nanodep');
const OUTPUT_FOLDER = resolve('build/clients');

export interface NanodepPrograms {
  readonly depserver: string;
  readonly depsyncer: string;
  readonly version: string;
}

let built: NanodepPrograms | undefined;

/** Builds depserver and depsyncer, in the versions of go.mod and go.sum. */
export function nanodepPrograms(): NanodepPrograms {
  built ??= build();
  return built;
}

function build(): NanodepPrograms {
  mkdirSync(OUTPUT_FOLDER, { recursive: true });
  const commands = ['depserver', 'depsyncer'].map((name) => `${MODULE}/cmd/${name}`);
  runGo(['build', '-mod=readonly', '-o', `${OUTPUT_FOLDER}/`, ...commands], MODULE_FOLDER);
  const [depserver, depsyncer] = ['depserver', 'depsyncer'].map((name) => join(OUTPUT_FOLDER, name));
  const version = versionOf(depserver!);
  console.log(`nanodep ${version}, built with ${installedGo()}`);
  return { depserver: depserver!, depsyncer: depsyncer!, version };
}

/** The version in the build information of a program. @throws if the module was replaced */
function versionOf(program: string): string {
  const record = runGo(['version', '-m', program]);
  const [, version] = new RegExp(`^\\s+mod\\s+${MODULE}\\s+(\\S+)\\s+h1:\\S+$`, 'm').exec(record) ?? [];
  if (version === undefined)
    throw new Error(`${program} was not built from the published ${MODULE}:\n${record}`);
  return version;
}
