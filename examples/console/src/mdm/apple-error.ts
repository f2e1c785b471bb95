/** An error response of Apple. */
export class AppleError extends Error {
  readonly status: number;
  /** Apple's error code, or the error number of Apps and Books. */
  readonly code: string;
  /** Crabapple's explanation; the real Apple sends none. */
  readonly why: string | undefined;

  constructor(status: number, code: string, why: string | undefined, text?: string) {
    super(`Apple returned ${status} ${code}${text === undefined ? '' : `: ${text}`}`);
    this.name = 'AppleError';
    this.status = status;
    this.code = code;
    this.why = why;
  }
}

export const whyOf = (response: Response): string | undefined =>
  response.headers.get('x-crabapple-why') ?? undefined;
