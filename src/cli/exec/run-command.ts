import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CommandError, EXIT } from '../errors.ts';

export interface Command {
  readonly command: string;
  readonly parameters: readonly string[];
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Real milliseconds; default: no limit. */
  readonly timeout?: number | undefined;
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signaled'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'timeout' };

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const satisfies readonly NodeJS.Signals[];

/**
 * Runs a command on the terminal of this process and forwards signals. The command runs in its own process group, and
 * the processes of the group are ended after it.
 *
 * @throws CommandError if the command cannot be started
 */
export async function runCommand(command: Command): Promise<CommandEnd> {
  const child = spawn(command.command, command.parameters, {
    stdio: 'inherit',
    env: { ...process.env, ...command.env },
    detached: process.platform !== 'win32',
  });
  // Before the first await: otherwise a signal could end this process and leave the command running.
  const stopForwarding = forwardSignals(child);
  try {
    await started(child, command);
    return await ended(child, command.timeout);
  } finally {
    stopForwarding();
    if (child.pid !== undefined) await endGroup(child.pid);
  }
}

function forwardSignals(child: ChildProcess): () => void {
  // The terminal sends its signals only to the process group of this process.
  const forward = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined) signalGroup(child.pid, signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  return () => {
    for (const signal of FORWARDED) process.off(signal, forward);
  };
}

function started(child: ChildProcess, { command }: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new CommandError(`cannot start the command ${JSON.stringify(command)}: ${reasonOf(error)}`, {
          hint: 'the words after -- run without a shell; use `-- sh -c "…"` for shell syntax',
          code: EXIT.wrongInput,
        }),
      );
    });
  });
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'the program does not exist';
  return code === 'EACCES' ? 'the program is not executable' : message;
}

function ended(child: ChildProcess, timeout: number | undefined): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            resolve({ kind: 'timeout' });
          }, timeout);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'signaled', signal });
    });
  });
}

/** The exit codes of a shell for a signal, and of timeout(1). */
const SIGNALED = 128;
const TIMED_OUT = 124;

export function exitCodeOf(end: CommandEnd): number {
  switch (end.kind) {
    case 'exited':
      return end.code;
    case 'signaled':
      return SIGNALED + constants.signals[end.signal];
    case 'timeout':
      return TIMED_OUT;
  }
}

/** Real milliseconds between SIGTERM and SIGKILL, and between two checks. */
const GRACE_PERIOD = 2000;
const CHECK_INTERVAL = 20;

/** Ends all processes of a group: SIGTERM first, then SIGKILL. */
async function endGroup(leader: number): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM')) return;
  for (let waited = 0; waited < GRACE_PERIOD; waited += CHECK_INTERVAL) {
    await new Promise((resolve) => setTimeout(resolve, CHECK_INTERVAL));
    if (!signalGroup(leader, 0)) return;
  }
  signalGroup(leader, 'SIGKILL');
}

/** Windows has no process groups: only the leader receives the signal. @returns whether a process received it */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
    return true;
  } catch {
    return false;
  }
}
