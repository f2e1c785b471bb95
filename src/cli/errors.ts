import { ScenarioError } from '../scenario/reading/problem.ts';
import { colorOn } from './terminal.ts';

/** Exit codes of commands. */
export const EXIT = { done: 0, failure: 1, wrongInput: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a message, and a hint what to do, on standard error. */
export class CommandError extends Error {
  readonly code: ExitCode;
  readonly hint: string | undefined;

  constructor(message: string, options: { readonly hint?: string; readonly code?: ExitCode } = {}) {
    super(message);
    this.name = 'CommandError';
    this.code = options.code ?? EXIT.failure;
    this.hint = options.hint;
  }
}

/** Prints an error of a command on standard error. @returns the exit code */
export async function printError(error: unknown): Promise<ExitCode> {
  if (error instanceof ScenarioError) {
    const { formatProblems } = await import('../scenario/reading/format.ts');
    process.stderr.write(formatProblems(error, 'pretty', { color: colorOn(process.stderr) }));
    return EXIT.wrongInput;
  }
  if (error instanceof CommandError) {
    print(error.message, error.hint);
    return error.code;
  }
  const { PortError } = await import('../transports/listener.ts');
  if (error instanceof PortError) {
    print(error.message, error.hint);
    return EXIT.failure;
  }
  print(internalError(error), 'please report it, with the command that you ran');
  return EXIT.failure;
}

export const internalError = (error: unknown): string =>
  `internal error of Crabapple: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;

function print(message: string, hint: string | undefined): void {
  process.stderr.write(`error: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
}
