/** A successful exchange with an upstream. */
export interface RecordedExchange {
  readonly operation: string;
  /** JSON bodies; undefined if a body is not JSON. */
  readonly request: unknown;
  readonly response: unknown;
  /** Parameters of the path. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
}

export type Members = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const recordsIn = (value: unknown): readonly Members[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

export const stringsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
