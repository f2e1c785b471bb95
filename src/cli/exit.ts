/** What a command ends with: done, failed, or asked for something wrong. */
export const EXIT = { done: 0, failure: 1, wrongInput: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a message on standard error and what to do about it. */
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
