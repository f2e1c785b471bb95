import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CommandError, EXIT } from '../exit.ts';
import { endGroup, signalGroup } from './process-group.ts';

export interface Command {
  readonly command: string;
  readonly parameters: readonly string[];
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Real milliseconds; as long as it takes where not given. */
  readonly timeout?: number | undefined;
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signaled'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'timeout' };

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const satisfies readonly NodeJS.Signals[];

/** What a shell reports of a command that a signal ended, and what timeout(1) reports. */
const SIGNALED = 128;
const TIMED_OUT = 124;

/**
 * Runs a command with the terminal of this process as its own, and passes signals on. It gets a process group, so
 * that nothing that it started outlives it.
 *
 * @throws CommandError where it cannot be started
 */
export async function runCommand(command: Command): Promise<CommandEnd> {
  const child = spawn(command.command, command.parameters, {
    stdio: 'inherit',
    env: { ...process.env, ...command.env },
    detached: process.platform !== 'win32',
  });
  // Before anything is awaited: a signal in between would end this process and leave the command behind.
  const stopPassing = passSignals(child);
  try {
    await started(child, command);
    return await ended(child, command.timeout);
  } finally {
    stopPassing();
    if (child.pid !== undefined) await endGroup(child.pid);
  }
}

function passSignals(child: ChildProcess): () => void {
  // To all of the group, as a terminal does: the command sits in a session of its own and does not hear it.
  const pass = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined) signalGroup(child.pid, signal);
  };
  for (const signal of PASSED_ON) process.on(signal, pass);
  return () => {
    for (const signal of PASSED_ON) process.off(signal, pass);
  };
}

function started(child: ChildProcess, { command }: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new CommandError(`the command ${JSON.stringify(command)} cannot be started: ${reasonOf(error)}`, {
          hint: 'what stands behind -- is run as it is, without a shell; `-- sh -c "…"` gives it one',
          code: EXIT.wrongInput,
        }),
      );
    });
  });
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such program';
  return code === 'EACCES' ? 'it may not be executed' : message;
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

/** As a shell and timeout(1) tell it. */
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
