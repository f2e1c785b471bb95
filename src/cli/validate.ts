import { Command } from 'commander';
import { isDeclaration, readDeclaration } from '../scenario/declaration.ts';
import { formatProblems, PROBLEM_FORMATS, type ProblemFormat } from '../scenario/reading/format.ts';
import { type Problem, ScenarioError } from '../scenario/reading/problem.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import { CommandError, EXIT, type ExitCode } from './errors.ts';
import { readNamedFile, readScenarioFile } from './files.ts';
import { noColorOption, option } from './options.ts';
import { colorOn } from './terminal.ts';

interface ValidateOptions {
  readonly format: ProblemFormat;
  readonly color: boolean;
}

export function validateCommand(): Command {
  return new Command('validate')
    .description(
      'Check scenario files and data-sent declarations. Prints every problem with its line, column and the nearest valid word.',
    )
    .argument('<file...>', 'scenario files and declarations, YAML or JSON')
    .addOption(option('--format <format>', 'output format').choices(PROBLEM_FORMATS).default('pretty'))
    .addOption(noColorOption())
    .action(async (files: string[], options: ValidateOptions) => {
      process.exitCode = await validate(files, options);
    });
}

/** Checks each file separately: two valid scenarios can conflict in one server. */
async function validate(files: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const { format } = options;
  const color = colorOn(process.stdout, options.color);
  const print = (text: string): void => {
    process.stdout.write(text);
  };
  const errors: ScenarioError[] = [];
  for (const file of files) {
    const error = await problemsOf(file);
    if (error !== undefined) errors.push(error);
    if (format === 'pretty')
      print(error === undefined ? `${file}: ok\n` : formatProblems(error, format, { color }));
    if (format === 'github' && error !== undefined) print(formatProblems(error, format));
  }
  if (format === 'json') {
    const problems = errors.flatMap((error) => error.problems);
    print(`${JSON.stringify(problems, undefined, 2)}\n`);
  }
  return errors.length === 0 ? EXIT.done : EXIT.wrongInput;
}

async function problemsOf(file: string): Promise<ScenarioError | undefined> {
  try {
    const text = readScenarioFile(file);
    if (await isDeclaration(file, text)) await readDeclaration(file, text);
    else await new SimulatedApple().addScenario(text, { file, readFile: readNamedFile });
    return undefined;
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    if (error instanceof CommandError) return new ScenarioError([unreadable(file, error.message)], []);
    throw error;
  }
}

const unreadable = (file: string, message: string): Problem => ({
  file,
  line: 1,
  column: 1,
  length: 1,
  path: [],
  message,
});
