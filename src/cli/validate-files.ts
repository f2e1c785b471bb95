import { isDeclaration, readDeclaration } from '../scenario/declaration.ts';
import { formatProblems, type ProblemFormat } from '../scenario/reading/format.ts';
import { type Problem, ScenarioError } from '../scenario/reading/problem.ts';
import { SimulatedApple } from '../simulated-apple.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { readNamedFile, readScenarioFile } from './scenario-file.ts';
import { colorOn } from './terminal.ts';

export interface ValidateOptions {
  readonly format: ProblemFormat;
  readonly color: boolean;
}

/** Each file by itself: two that are good alone may be good alone only. Problems go to standard output. */
export async function validateFiles(files: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const { format } = options;
  const color = colorOn(process.stdout, options.color);
  const say = (text: string): void => {
    process.stdout.write(text);
  };
  const refused: ScenarioError[] = [];
  for (const file of files) {
    const error = await problemsOf(file);
    if (error !== undefined) refused.push(error);
    if (format === 'pretty')
      say(error === undefined ? `${file}: ok\n` : formatProblems(error, format, { color }));
    if (format === 'github' && error !== undefined) say(formatProblems(error, format));
  }
  // One document, however many the files.
  if (format === 'json')
    say(
      `${JSON.stringify(
        refused.flatMap(({ problems }) => problems),
        undefined,
        2,
      )}\n`,
    );
  return refused.length === 0 ? EXIT.done : EXIT.wrongInput;
}

async function problemsOf(file: string): Promise<ScenarioError | undefined> {
  try {
    const text = readScenarioFile(file);
    if (await isDeclaration(file, text)) await readDeclaration(file, text);
    else await new SimulatedApple().addScenario(text, { file, readFile: readNamedFile });
    return undefined;
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    if (error instanceof CommandError) return new ScenarioError([unread(file, error.message)], []);
    throw error;
  }
}

const unread = (file: string, message: string): Problem => ({
  file,
  line: 1,
  column: 1,
  length: 1,
  path: [],
  message,
});
