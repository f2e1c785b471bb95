import type { HeaderFields } from '../../core/request.ts';

interface ControlErrorExtras {
  /** Members of the answer beside `error` and `hint`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: HeaderFields;
}

/** A request to the control API that is not done: what is wrong, and what to do instead. */
export class ControlError extends Error {
  readonly status: number;
  readonly hint: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: HeaderFields;

  constructor(
    status: number,
    message: string,
    hint: string,
    { members = {}, headers = {} }: ControlErrorExtras = {},
  ) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
    this.hint = hint;
    this.members = members;
    this.headers = headers;
  }
}

export const FORM_HINT = 'GET /_crabapple/openapi.json describes the form';

/** Something that a caller gave, short enough to repeat to it. */
export const quoted = (given: string): string => JSON.stringify(given.slice(0, 80));

export const listed = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');
