import type { HeaderFields } from './request.ts';

/**
 * One of Apple's errors as the response to a request: a name in the service's error table, with an explanation.
 * Handlers return it; it is never thrown.
 */
export class AppleError<Name extends string = string> {
  readonly name: Name;
  readonly why: string;
  readonly headers: HeaderFields;
  /** More members of the body, if the service has any. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    name: Name,
    why: string,
    headers: HeaderFields = {},
    members: Readonly<Record<string, unknown>> = {},
  ) {
    this.name = name;
    this.why = why;
    this.headers = headers;
    this.members = members;
  }
}
