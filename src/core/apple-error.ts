import type { HeaderFields } from './request.ts';

/**
 * One of Apple's errors as the answer to a request: a name in the service's error table, and in plain words
 * why it was given. Handlers return it; it is never thrown.
 */
export class AppleError<Name extends string = string> {
  readonly name: Name;
  readonly why: string;
  readonly headers: HeaderFields;
  /** What the body says beside the name, where the service has such members. */
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
