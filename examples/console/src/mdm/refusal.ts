/** Apple said no. */
export class Refusal extends Error {
  readonly status: number;
  /** Apple's error word, or number in Apps and Books. */
  readonly code: string;
  /** What Crabapple has to say about it, and the real Apple would not. */
  readonly why: string | undefined;

  constructor(status: number, code: string, why: string | undefined, text?: string) {
    super(`Apple answered ${status} ${code}${text === undefined ? '' : `: ${text}`}`);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.why = why;
  }
}

export const whyOf = (answer: Response): string | undefined =>
  answer.headers.get('x-crabapple-why') ?? undefined;
