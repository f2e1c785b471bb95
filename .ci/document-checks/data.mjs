// Checks scenarios and parts of them, JSON, compose files and pipelines.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** In the folder of the declarations that scenarios name. */
const FOLDER = 'scenarios';

const PART = {
  fault: (text) => `name: a part\nfaults:\n  - ${text}`,
  expectation: (text) => `name: a part\nexpect:\n  - ${text}`,
  action: (text) => `name: a part\ntimeline:\n  - ${text.replace('{', '{"after": "1h", ')}`,
};

/** Validates scenarios, declarations and parts of scenarios in one run of the command. */
export function checkScenarios(blocks, root) {
  const problems = new Map();
  const files = blocks.map((block, index) => {
    const [part] = block.words;
    const wrap = PART[part];
    const text = wrap === undefined ? block.text : wrap(JSON.stringify(JSON.parse(block.text)));
    const file = join(FOLDER, `of-documents-${index}.yaml`);
    mkdirSync(join(root, FOLDER), { recursive: true });
    writeFileSync(join(root, file), text);
    return file;
  });
  if (files.length === 0) return problems;
  const { stdout, stderr, status } = spawnSync(
    'node',
    ['dist/bin/crabapple.js', 'validate', '--format', 'json', ...files],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  for (const file of files) rmSync(join(root, file));
  const found = status === 0 || status === 2 ? problemsIn(stdout) : [{ file: files[0], message: stderr }];
  for (const { file, line, message } of found) {
    const block = blocks[files.indexOf(file)] ?? blocks[0];
    problems.set(block, `is invalid, line ${line}: ${message}`);
  }
  if (status !== 0 && problems.size === 0) problems.set(blocks[0], `cannot be read: ${stderr || stdout}`);
  return problems;
}

const problemsIn = (text) => {
  const parsed = JSON.parse(text);
  return Array.isArray(parsed) ? parsed : (parsed.problems ?? []);
};

export function jsonProblem({ text }) {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks the syntax only. */
function scriptProblem(script) {
  // GitHub replaces its expressions before bash reads the script.
  const text = [script]
    .flat()
    .join('\n')
    .replaceAll(/\$\{\{.*?\}\}/g, 'expression');
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
  return status === 0 ? undefined : `has a script that bash does not take: ${stderr.trim()}`;
}

const SHAPES = {
  'compose file'({ services }) {
    if (!isObject(services)) return 'has no services';
    const bare = Object.entries(services).find(
      ([, each]) => each?.image === undefined && each?.build === undefined,
    );
    return bare && `has a service without image: ${bare[0]}`;
  },
  'GitHub workflow'({ on, jobs }) {
    if (on === undefined || !isObject(jobs)) return 'has no `on` or no jobs';
    for (const [name, job] of Object.entries(jobs)) {
      if (job['runs-on'] === undefined || !Array.isArray(job.steps))
        return `has a job without runs-on or steps: ${name}`;
      for (const step of job.steps) {
        if ((step.uses === undefined) === (step.run === undefined))
          return 'has a step that neither uses nor runs, or both';
        const problem = step.run === undefined ? undefined : scriptProblem(step.run);
        if (problem !== undefined) return problem;
      }
    }
    return undefined;
  },
  'GitLab pipeline'(jobs) {
    const scripts = Object.values(jobs).filter((job) => isObject(job) && job.script !== undefined);
    if (scripts.length === 0) return 'has no job with a script';
    return scripts.map(({ script }) => scriptProblem(script)).find((problem) => problem !== undefined);
  },
};

export function pipelineProblem(kind, { text }) {
  try {
    const value = parse(text);
    return isObject(value) ? SHAPES[kind](value) : 'is no mapping';
  } catch (error) {
    return error.message;
  }
}
