import { ScenarioError } from '../scenario/reading/problem.ts';
import { PortError } from '../transports/listener.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { showProblems } from './problems.ts';

/** Tells on standard error what went wrong. */
export function report(error: unknown): ExitCode {
  if (error instanceof ScenarioError) {
    showProblems(error);
    return EXIT.wrongInput;
  }
  if (error instanceof CommandError) {
    say(error.message, error.hint);
    return error.code;
  }
  if (error instanceof PortError) {
    say(error.message, error.hint);
    return EXIT.failure;
  }
  say(
    `a failure of Crabapple itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    'please report it with the command that led here',
  );
  return EXIT.failure;
}

function say(message: string, hint: string | undefined): void {
  process.stderr.write(`error: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
}
