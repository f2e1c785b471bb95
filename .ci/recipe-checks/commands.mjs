// Runs each `crabapple exec` and `crabapple incidents run` of the recipes with a command that does nothing: options, formats
// and names must be valid, and the expectations must fail for want of requests.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const EXPECTATION_FAILED = 3;
/** Incidents of a matrix. */
const INCIDENT = /\$\{\{ matrix\.incident \}\}/;
const BIN = resolve('dist/bin/crabapple.js');

const [recipes] = process.argv.slice(2);
const problems = [];
let ran = 0;

const folder = mkdtempSync(join(tmpdir(), 'crabapple-recipes-'));
symlinkSync(resolve('scenarios'), join(folder, 'scenarios'));
try {
  for (const file of readdirSync(recipes)) {
    const text = readFileSync(join(recipes, file), 'utf8');
    const { jobs } = parse(text);
    const incidents = Object.values(jobs ?? {}).flatMap(({ strategy }) => strategy?.matrix?.incident ?? []);
    const commands = text
      .replaceAll(/\\\n\s*/g, '')
      .matchAll(/npx crabapple ((?:exec|incidents run) .*?) -- /g);
    for (const [, command] of commands) {
      const asWritten = INCIDENT.test(command)
        ? incidents.map((incident) => command.replace(INCIDENT, incident))
        : [command];
      for (const each of asWritten) {
        const { status, stderr } = spawnSync('bash', ['-c', `node ${BIN} ${each} -- true`], {
          cwd: folder,
          encoding: 'utf8',
        });
        ran += 1;
        if (status !== EXPECTATION_FAILED)
          problems.push(`${file}: crabapple ${each} ends with ${status}: ${stderr}`);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (ran === 0) problems.push('no recipe has a command');
for (const problem of problems) console.log(problem);
console.log(`commands of the recipes: ${ran - problems.length} passed, ${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;
