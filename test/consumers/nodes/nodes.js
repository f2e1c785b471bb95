// The Node programs that `package-lock.json` beside this names, installed where they are not yet there.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const SUFFIX = `-${process.arch}`;
const locked = JSON.parse(readFileSync(join(HERE, 'package-lock.json'), 'utf8')).packages;
const names = Object.keys(locked[''].optionalDependencies);

const programOf = (name) => join(HERE, 'node_modules', name, 'bin', 'node');

function installed(name) {
  const description = join(HERE, 'node_modules', name, 'package.json');
  if (!existsSync(description) || !existsSync(programOf(name))) return false;
  return JSON.parse(readFileSync(description, 'utf8')).version === locked[`node_modules/${name}`].version;
}

const mine = process.platform === 'linux' ? names.filter((name) => name.endsWith(SUFFIX)) : [];
if (!mine.every(installed)) {
  execFileSync('npm', ['ci', '--silent', '--ignore-scripts', '--no-fund', '--no-audit'], {
    cwd: HERE,
    stdio: 'inherit',
  });
}

/** Version, program, and what is missing where there is none for this machine. */
export const NODES = [...new Set(names.map((name) => name.split('-')[1]))].map((major) => {
  const name = `node-${major}${SUFFIX}`;
  if (mine.includes(name)) {
    return { major, version: locked[`node_modules/${name}`].version, program: programOf(name) };
  }
  return {
    major,
    version: major,
    missing: `no package ships it for ${process.platform} on ${process.arch}`,
  };
});
