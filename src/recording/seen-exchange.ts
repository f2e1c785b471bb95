/** One exchange with an upstream that was answered with success. */
export interface SeenExchange {
  readonly operation: string;
  /** Bodies as JSON; undefined where they are none. */
  readonly asked: unknown;
  readonly answered: unknown;
  /** What stands in the path. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
}

export type Members = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const recordsIn = (value: unknown): readonly Members[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
